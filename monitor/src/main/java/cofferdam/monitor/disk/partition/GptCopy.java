package cofferdam.monitor.disk.partition;

import static cofferdam.monitor.disk.partition.PartitionProblem.GPT_UNREADABLE;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * One intact copy of a GPT: a header of 92 bytes or more at the begin of a sector, and an array of
 * entries elsewhere (UEFI Specification 2.10, section 5.3). All numbers are little-endian.
 *
 * @param sector where the header is
 * @param alternate where it says the other header is
 * @param entriesSector where the array begins
 * @param entrySize bytes each: 128 times a power of two
 * @param entries the whole array
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never changed; compared by agreesWith
record GptCopy(
        long sector,
        long alternate,
        long firstUsable,
        long lastUsable,
        UUID disk,
        long entriesSector,
        int entrySize,
        byte[] entries) {

    static final long SIGNATURE = 0x5452415020494645L; // "EFI PART"
    static final int REVISION = 0x00010000;
    static final int HEADER_SIZE = 92;
    static final int ENTRY_SIZE = 128;
    static final int NAME_OFFSET = 56;
    static final int NAME_SIZE = 72;

    /** The largest entry that is read, in bytes; none larger than 128 is known in use. */
    static final int MAXIMUM_ENTRY_SIZE = 4096;

    /** The largest array that is read, in bytes: 8192 entries of 128 bytes, where 128 are usual. */
    static final int MAXIMUM_ARRAY_SIZE = 1 << 20;

    /**
     * Reads the copy whose header is in a sector.
     *
     * @throws MalformedImageException if it is not there or not intact
     */
    static GptCopy read(ByteSource disk, long sector, int sectorSize) throws IOException {
        long sectors = disk.size() / sectorSize;
        if (sector < 1 || sector >= sectors) {
            throw damaged("its sector %d is not on the disk".formatted(sector));
        }
        byte[] bytes = disk.read(sector * sectorSize, sectorSize);
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        requireIntact(header, bytes, sector);
        int entrySize = header.getInt(84);
        int arraySize = arraySize(header.getInt(80), entrySize);
        long entriesSector = header.getLong(72);
        if (entriesSector < 1 || entriesSector >= sectors) {
            throw damaged("its entries are said to begin in sector %d".formatted(entriesSector));
        }
        byte[] entries = disk.read(entriesSector * sectorSize, arraySize);
        if (crc(entries) != header.getInt(88)) {
            throw damaged(
                    "the CRC of the entries of the header in sector %d is wrong".formatted(sector));
        }
        return new GptCopy(
                sector,
                header.getLong(32),
                header.getLong(40),
                header.getLong(48),
                Guids.read(header, 56),
                entriesSector,
                entrySize,
                entries);
    }

    private static void requireIntact(ByteBuffer header, byte[] bytes, long sector)
            throws MalformedImageException {
        if (header.getLong(0) != SIGNATURE) {
            throw damaged("there is no signature in sector %d".formatted(sector));
        }
        int size = header.getInt(12);
        if (size < HEADER_SIZE || size > bytes.length) {
            throw damaged("the header in sector %d has %d bytes".formatted(sector, size));
        }
        int stored = header.getInt(16);
        byte[] summed = Arrays.copyOf(bytes, size);
        Arrays.fill(summed, 16, 20, (byte) 0);
        if (crc(summed) != stored) {
            throw damaged("the CRC of the header in sector %d is wrong".formatted(sector));
        }
        if (header.getLong(24) != sector) {
            throw damaged("the header in sector %d says it is in sector %d"
                    .formatted(sector, header.getLong(24)));
        }
    }

    private static int arraySize(int count, int entrySize) throws MalformedImageException {
        if (entrySize < ENTRY_SIZE || Integer.bitCount(entrySize) != 1) {
            throw damaged(
                    "its entries have %d bytes each".formatted(Integer.toUnsignedLong(entrySize)));
        }
        long size = Integer.toUnsignedLong(count) * entrySize;
        if (entrySize > MAXIMUM_ENTRY_SIZE || size > MAXIMUM_ARRAY_SIZE) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "its %d entries have %d bytes each"
                            .formatted(Integer.toUnsignedLong(count), entrySize));
        }
        return (int) size;
    }

    static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static MalformedImageException damaged(String detail) {
        return new MalformedImageException(GPT_UNREADABLE, detail);
    }

    boolean agreesWith(GptCopy other) {
        return disk.equals(other.disk)
                && firstUsable == other.firstUsable
                && lastUsable == other.lastUsable
                && entrySize == other.entrySize
                && Arrays.equals(entries, other.entries);
    }
}
