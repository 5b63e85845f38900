package cofferdam.monitor.qemu;

import java.nio.charset.StandardCharsets;

/** The last 16 KiB of what somebody said, who may never stop. */
final class LastWords {

    /** The most bytes that are kept. */
    static final int MAXIMUM = 16 * 1024;

    private final byte[] kept = new byte[MAXIMUM];
    private int length;

    void add(byte[] bytes) {
        int added = Math.min(bytes.length, MAXIMUM);
        int stays = Math.min(length, MAXIMUM - added);
        System.arraycopy(kept, length - stays, kept, 0, stays);
        System.arraycopy(bytes, bytes.length - added, kept, stays, added);
        length = stays + added;
    }

    /** As text in UTF-8; what is no UTF-8 becomes replacement characters. */
    String text() {
        return new String(kept, 0, length, StandardCharsets.UTF_8);
    }
}
