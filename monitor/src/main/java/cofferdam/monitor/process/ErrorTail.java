package cofferdam.monitor.process;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The last of what a program wrote to standard error. */
final class ErrorTail {

    private static final int SIZE = 8192;

    private byte[] kept = {};

    synchronized void add(byte[] bytes) {
        byte[] joined = Arrays.copyOf(kept, kept.length + bytes.length);
        System.arraycopy(bytes, 0, joined, kept.length, bytes.length);
        kept = Arrays.copyOfRange(joined, Math.max(0, joined.length - SIZE), joined.length);
    }

    synchronized String text() {
        return new String(kept, StandardCharsets.UTF_8);
    }
}
