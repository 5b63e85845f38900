package cofferdam.monitor.disk.vhd;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The footer, 512 bytes; after the specification's "Hard Disk Footer Format". Offsets: cookie 0,
 * features 8, version 12, data offset 16, time 24, creator 28, original size 40, current size 48,
 * geometry 56, type 60, checksum 64, identifier 68, saved state 84.
 *
 * @param dataOffset where the dynamic disk header is, in bytes; all ones for a fixed disk
 * @param timestamp seconds since 2000-01-01 00:00 UTC
 * @param creator the four characters of the creating application
 * @param currentSize in bytes
 * @param type 2 fixed, 3 dynamic, 4 differencing
 * @param checksumFits whether the checksum is that of the bytes
 */
record Footer(
        long dataOffset,
        int timestamp,
        String creator,
        long currentSize,
        Geometry geometry,
        int type,
        UUID identifier,
        boolean saved,
        boolean checksumFits) {

    static final int BYTES = 512;
    static final int FIXED = 2;
    static final int DYNAMIC = 3;
    static final int DIFFERENCING = 4;

    /** The data offset of a disk that has no dynamic disk header. */
    static final long NO_HEADER = -1;

    /**
     * Whose images have their size in the current-size field; all other creators' images end where
     * the geometry ends. The list is QEMU's: Hyper-V, Disk2vhd, QEMU, XenServer, Azure.
     */
    private static final Set<String> SIZED_BY_FIELD =
            Set.of("win ", "d2v ", "qem2", "tap\0", "CTXS", "wa\0\0");

    private static final String COOKIE = "conectix";
    private static final int CHECKSUM = 64;
    private static final int IDENTIFIER = 68;
    private static final int SAVED_STATE = 84;

    /** The bit of the features that is always set. */
    private static final int RESERVED_FEATURE = 2;

    private static final int VERSION = 0x0001_0000;

    /** The host system of whoever wrote the image: "Wi2k", the only one but Macintosh. */
    private static final int CREATOR_HOST = 0x5769326b;

    /** The footer in 512 bytes, or in the 511 of the oldest writers; empty without the cookie. */
    static Optional<Footer> in(byte[] found) {
        byte[] bytes = Arrays.copyOf(found, BYTES);
        if (!text(bytes, 0, COOKIE.length()).equals(COOKIE)) {
            return Optional.empty();
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        return Optional.of(new Footer(
                fields.getLong(16),
                fields.getInt(24),
                text(bytes, 28, 4),
                fields.getLong(48),
                new Geometry(
                        Short.toUnsignedInt(fields.getShort(56)),
                        Byte.toUnsignedInt(fields.get(58)),
                        Byte.toUnsignedInt(fields.get(59))),
                fields.getInt(60),
                new UUID(fields.getLong(IDENTIFIER), fields.getLong(IDENTIFIER + 8)),
                fields.get(SAVED_STATE) != 0,
                fields.getInt(CHECKSUM) == Checksum.of(bytes, CHECKSUM)));
    }

    /** The 512 bytes of it, with a checksum that fits. */
    byte[] toBytes() {
        ByteBuffer fields = ByteBuffer.allocate(BYTES)
                .put(COOKIE.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(RESERVED_FEATURE)
                .putInt(VERSION)
                .putLong(dataOffset)
                .putInt(timestamp)
                .put(creator.getBytes(StandardCharsets.ISO_8859_1))
                .putInt(VERSION)
                .putInt(CREATOR_HOST)
                .putLong(currentSize)
                .putLong(currentSize)
                .putShort((short) geometry.cylinders())
                .put((byte) geometry.heads())
                .put((byte) geometry.sectors())
                .putInt(type)
                .putInt(0)
                .putLong(identifier.getMostSignificantBits())
                .putLong(identifier.getLeastSignificantBits())
                .put((byte) (saved ? 1 : 0));
        return fields.putInt(CHECKSUM, Checksum.of(fields.array(), CHECKSUM)).array();
    }

    /** The size of the disk as its creator means it, in bytes. */
    long size() {
        return isSizedByField() || geometry.isLargest() ? currentSize : geometry.size();
    }

    /**
     * Whether both sizes are the same as far as a geometry can say it: it may fall short by less than
     * a cylinder where the field counts.
     */
    boolean sizesAgree() {
        long difference = currentSize - geometry.size();
        if (difference == 0 || geometry.isLargest()) {
            return true;
        }
        return isSizedByField() && difference > 0 && difference < geometry.cylinderSize();
    }

    private boolean isSizedByField() {
        return SIZED_BY_FIELD.contains(creator);
    }

    private static String text(byte[] bytes, int offset, int count) {
        return new String(bytes, offset, count, StandardCharsets.ISO_8859_1);
    }
}
