package cofferdam.monitor.initramfs;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A tar archive, read once from front to back, as {@code dpkg-deb} writes it: names of up to 100
 * bytes in the header, longer ones in a member of type L before it. Archives come from outside:
 * checksums are verified, sizes limited.
 *
 * <p>Source: GNU tar manual, "Basic Tar Format"; deb(5).
 */
final class TarReader {

    private static final int BLOCK = 512;
    private static final int NAME_SIZE = 100;
    private static final int NAME_LIMIT = 4096;
    private static final int SIZE_AT = 124;
    private static final int CHECKSUM_AT = 148;
    private static final int CHECKSUM_SIZE = 8;
    private static final int TYPE_AT = 156;

    /** The largest archive, in bytes. */
    private static final long SIZE_LIMIT = 4L << 30;

    private static final int MEMBER_LIMIT = 200_000;

    private final InputStream in;
    private long left;
    private long seen;
    private int members;

    /** What a member is. */
    enum Type {
        FILE,
        DIRECTORY,
        /** A link, a device, or anything else that is not made here. */
        OTHER
    }

    /**
     * A member's header.
     *
     * @param size of the content that follows, in bytes
     */
    record Member(String name, Type type, long size) {}

    TarReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next member; empty at the archive's end. What was not read of the one before is skipped.
     *
     * @throws IOException if the archive cannot be read
     * @throws UnusablePartException if it is damaged, ends too early, or uses what is not read here
     */
    Optional<Member> next() throws IOException, UnusablePartException {
        Optional<String> longName = Optional.empty();
        while (true) {
            in.skipNBytes(left);
            left = 0;
            byte[] header = block();
            if (isZero(header)) {
                return Optional.empty();
            }
            if (++members > MEMBER_LIMIT) {
                throw new UnusablePartException(
                        "the archive has more than %d members".formatted(MEMBER_LIMIT));
            }
            requireChecksum(header);
            long size = octal(header, SIZE_AT, 12);
            left = (size + BLOCK - 1) / BLOCK * BLOCK;
            seen += left;
            if (seen > SIZE_LIMIT) {
                throw new UnusablePartException(
                        "the archive has more than %d bytes".formatted(SIZE_LIMIT));
            }
            switch (header[TYPE_AT]) {
                case 'L' -> longName = Optional.of(longName(size));
                case 'K' -> {} // the target of a link, which is not made
                case 'x', 'g' ->
                    throw new UnusablePartException(
                            "the archive has extended headers, which packages do not have");
                default -> {
                    String name = longName.orElseGet(() -> text(header, 0, NAME_SIZE));
                    return Optional.of(new Member(name, type(header[TYPE_AT]), size));
                }
            }
        }
    }

    /**
     * Reads on in the current member's content.
     *
     * @return how many bytes, at least one
     */
    int read(byte[] into, int count) throws IOException, UnusablePartException {
        int read = in.read(into, 0, (int) Math.min(count, left));
        if (read <= 0) {
            throw tooShort();
        }
        left -= read;
        return read;
    }

    private static Type type(byte flag) {
        return switch (flag) {
            case '0', 0 -> Type.FILE;
            case '5' -> Type.DIRECTORY;
            default -> Type.OTHER;
        };
    }

    private String longName(long size) throws IOException, UnusablePartException {
        if (size > NAME_LIMIT) {
            throw new UnusablePartException(
                    "a name in the archive has more than %d bytes".formatted(NAME_LIMIT));
        }
        byte[] name = in.readNBytes((int) left);
        if (name.length < left) {
            throw tooShort();
        }
        left = 0;
        return text(name, 0, (int) size);
    }

    private byte[] block() throws IOException, UnusablePartException {
        byte[] block = in.readNBytes(BLOCK);
        if (block.length < BLOCK) {
            throw tooShort();
        }
        return block;
    }

    private static UnusablePartException tooShort() {
        return new UnusablePartException("the archive ends too early");
    }

    private static boolean isZero(byte[] block) {
        for (byte value : block) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    /** The sum of the header's bytes, its own field counted as spaces. */
    private static void requireChecksum(byte[] header) throws UnusablePartException {
        long sum = 0;
        for (int at = 0; at < BLOCK; at++) {
            boolean own = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_SIZE;
            sum += own ? ' ' : Byte.toUnsignedInt(header[at]);
        }
        if (sum != octal(header, CHECKSUM_AT, CHECKSUM_SIZE)) {
            throw new UnusablePartException("a header in the archive has a wrong checksum");
        }
    }

    private static long octal(byte[] header, int at, int length) throws UnusablePartException {
        String digits = text(header, at, length).strip();
        long value = 0;
        for (int digit = 0; digit < digits.length(); digit++) {
            int next = digits.charAt(digit) - '0';
            if (next < 0 || next > 7) {
                throw new UnusablePartException("a number in the archive is not octal");
            }
            value = value * 8 + next;
        }
        if (value > SIZE_LIMIT) {
            throw new UnusablePartException(
                    "a member of the archive has more than %d bytes".formatted(SIZE_LIMIT));
        }
        return value;
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }
}
