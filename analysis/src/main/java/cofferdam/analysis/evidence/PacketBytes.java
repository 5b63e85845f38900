package cofferdam.analysis.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** What a packet carries behind its header: part of a frame, compared byte for byte. */
final class PacketBytes {

    private static final byte[] LABEL = "flow=".getBytes(StandardCharsets.US_ASCII);
    private static final int ID_LENGTH = 32;

    private final byte[] frame;
    private final int start;
    private final int end;
    private final int hash;

    /** The bytes from {@code start} to {@code end}; not copied. */
    PacketBytes(byte[] frame, int start, int end) {
        this.frame = frame;
        this.start = start;
        this.end = end;
        int sum = 0;
        for (int i = start; i < end; i++) {
            sum = 31 * sum + frame[i];
        }
        hash = sum;
    }

    int length() {
        return end - start;
    }

    /** The unsigned number of 8 bits there. */
    int u8(int offset) {
        return frame[start + offset] & 0xff;
    }

    /** The unsigned number of 16 bits there. */
    int u16(int offset) {
        return (u8(offset) << 8) | u8(offset + 1);
    }

    byte[] copy(int from) {
        return Arrays.copyOfRange(frame, start + from, end);
    }

    /** Whether these bytes occur. */
    boolean contains(byte[] text) {
        return find(text, start) >= 0;
    }

    /** Whether an exchange is named: its id behind {@code flow=}. */
    boolean names(Set<String> flows) {
        for (int at = find(LABEL, start); at >= 0; at = find(LABEL, at + 1)) {
            int id = at + LABEL.length;
            boolean named = id + ID_LENGTH <= end
                    && flows.contains(
                            new String(frame, id, ID_LENGTH, StandardCharsets.ISO_8859_1));
            if (named) {
                return true;
            }
        }
        return false;
    }

    private int find(byte[] text, int from) {
        for (int at = from; at <= end - text.length; at++) {
            if (frame[at] == text[0]
                    && Arrays.equals(frame, at, at + text.length, text, 0, text.length)) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PacketBytes that
                && hash == that.hash
                && Arrays.equals(frame, start, end, that.frame, that.start, that.end);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
