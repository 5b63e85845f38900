package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The boot sector's facts about the volume (Linux-NTFS documentation, "$Boot").
 *
 * @param sectorSize in bytes
 * @param clusterSize in bytes
 * @param sectors of the volume, the backup boot sector not counted
 * @param mftCluster where $MFT begins
 * @param mirrorCluster where $MFTMirr begins
 * @param recordSize of a record of $MFT, in bytes
 * @param indexSize of an index buffer, in bytes
 */
record BootSector(
        int sectorSize,
        int clusterSize,
        long sectors,
        long mftCluster,
        long mirrorCluster,
        int recordSize,
        int indexSize,
        long serial) {

    /** How much of a sector is read, in bytes: all that has a meaning lies in it. */
    static final int SIZE = 512;

    private static final byte[] OEM = "NTFS    ".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_SECTOR = 256;
    private static final int MAX_SECTOR = 4096;
    private static final int MAX_CLUSTER = 2 << 20;
    private static final int MIN_RECORD = 512;
    private static final int MAX_RECORD = 64 << 10;

    /** Whether these bytes claim to be one. */
    static boolean isOne(byte[] sector) {
        return sector.length == SIZE
                && Arrays.equals(sector, 3, 3 + OEM.length, OEM, 0, OEM.length)
                && sector[SIZE - 2] == 0x55
                && sector[SIZE - 1] == (byte) 0xaa;
    }

    /**
     * Reads one.
     *
     * @throws MalformedImageException if it is none, as {@link NtfsProblem#BAD_BOOT_SECTOR}, or if
     *     a size is impossible, as {@link NtfsProblem#BAD_GEOMETRY}
     */
    static BootSector parse(byte[] sector) throws MalformedImageException {
        if (!isOne(sector)) {
            throw new MalformedImageException(
                    NtfsProblem.BAD_BOOT_SECTOR, "no NTFS signature, or no 55 AA at its end");
        }
        Span span = Span.of(sector);
        int sectorSize = powerOfTwo("sector size", span.u16(0x0b), MIN_SECTOR, MAX_SECTOR);
        int clusterSize = clusterSize(sectorSize, span.u8(0x0d));
        BootSector boot = new BootSector(
                sectorSize,
                clusterSize,
                span.i64(0x28),
                span.i64(0x30),
                span.i64(0x38),
                recordSize("record size", span.u8(0x40), clusterSize),
                recordSize("index buffer size", span.u8(0x44), clusterSize),
                span.i64(0x48));
        boot.requireSane();
        return boot;
    }

    /** Whole clusters of the volume. */
    long clusters() {
        return sectors / (clusterSize / sectorSize);
    }

    /** Size of the volume in bytes, the backup boot sector not counted. */
    long bytes() {
        return sectors * sectorSize;
    }

    private void requireSane() throws MalformedImageException {
        if (clusterSize < sectorSize) {
            throw bad("a cluster of %d bytes is smaller than a sector".formatted(clusterSize));
        }
        // Every byte offset on the volume stays a long, and every sum of two as well.
        if (sectors <= 0 || sectors > Long.MAX_VALUE / 4 / sectorSize || clusters() == 0) {
            throw bad("a volume of %d sectors".formatted(sectors));
        }
        if (mftCluster < 0 || mftCluster >= clusters()) {
            throw bad("$MFT at cluster %d of %d".formatted(mftCluster, clusters()));
        }
    }

    /** A count of sectors; above 0x80 the negated exponent of one, for clusters over 64 KiB. */
    private static int clusterSize(int sectorSize, int sectors) throws MalformedImageException {
        long size =
                sectors <= 0x80 ? (long) sectorSize * sectors : shifted(sectorSize, 256 - sectors);
        return powerOfTwo("cluster size", size, MIN_SECTOR, MAX_CLUSTER);
    }

    /** A count of clusters; as a negative number the negated exponent of a count of bytes. */
    private static int recordSize(String what, int raw, int clusterSize)
            throws MalformedImageException {
        long size = raw < 0x80 ? (long) raw * clusterSize : shifted(1, 256 - raw);
        return powerOfTwo(what, size, MIN_RECORD, MAX_RECORD);
    }

    private static long shifted(long value, int places) {
        return places < 31 ? value << places : -1;
    }

    private static int powerOfTwo(String what, long value, int least, int most)
            throws MalformedImageException {
        if (value < least || value > most || Long.bitCount(value) != 1) {
            throw bad("%s %d is no power of two from %d to %d".formatted(what, value, least, most));
        }
        return (int) value;
    }

    private static MalformedImageException bad(String detail) {
        return new MalformedImageException(NtfsProblem.BAD_GEOMETRY, detail);
    }
}
