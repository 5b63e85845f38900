package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.ByteSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** One of the two headers of LUKS2 with its JSON area, whose checksum is right. */
final class Luks2Copy {

    private final long offset;
    private final ByteBuffer bytes;

    private Luks2Copy(long offset, byte[] bytes) {
        this.offset = offset;
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** Whether a header of version 2 begins there. */
    static boolean begins(ByteSource source, long offset) throws IOException {
        if (offset > source.size() - Luks2Header.BINARY_SIZE) {
            return false;
        }
        byte[] start = source.read(offset, 8);
        byte[] magic = offset == 0 ? Luks2Header.MAGIC : Luks2Header.SECOND_MAGIC;
        return Arrays.equals(start, 0, 6, magic, 0, 6) && start[6] == 0 && start[7] == 2;
    }

    /** The header there; null where there is none with a right checksum. */
    static @Nullable Luks2Copy at(ByteSource source, long offset) throws IOException {
        if (!begins(source, offset)) {
            return null;
        }
        long size = ByteBuffer.wrap(source.read(offset, 16)).getLong(8);
        if (size < Luks2Header.SIZE
                || size > LuksLimits.HEADER
                || Long.bitCount(size) != 1
                || size > source.size() - offset
                || (offset != 0 && offset != size)) {
            return null;
        }
        Luks2Copy copy = new Luks2Copy(offset, source.read(offset, (int) size));
        return copy.bytes.getLong(256) == offset && copy.isIntact() ? copy : null;
    }

    private boolean isIntact() {
        Optional<Hash> hash = Hash.named(HeaderText.in(bytes, 72, 32));
        if (hash.isEmpty()) {
            return false;
        }
        byte[] cleared = bytes.array().clone();
        Arrays.fill(cleared, Luks2Header.CHECKSUM, Luks2Header.CHECKSUM + 64, (byte) 0);
        byte[] made = hash.get().digest(cleared);
        int at = Luks2Header.CHECKSUM;
        return Arrays.equals(made, 0, made.length, bytes.array(), at, at + made.length);
    }

    /** Whether the other says the same in everything but magic, salt, place and checksum. */
    boolean saysTheSame(Luks2Copy other) {
        return sequence() == other.sequence()
                && uuid().equals(other.uuid())
                && label().equals(other.label())
                && Arrays.equals(json(), other.json());
    }

    long offset() {
        return offset;
    }

    long size() {
        return bytes.capacity();
    }

    long sequence() {
        return bytes.getLong(16);
    }

    String label() {
        return HeaderText.in(bytes, 24, 48);
    }

    String uuid() {
        return HeaderText.in(bytes, 168, 40);
    }

    /** The JSON text, without the zeros behind it. */
    byte[] json() {
        byte[] all = bytes.array();
        int end = Luks2Header.BINARY_SIZE;
        while (end < all.length && all[end] != 0) {
            end++;
        }
        return Arrays.copyOfRange(all, Luks2Header.BINARY_SIZE, end);
    }
}
