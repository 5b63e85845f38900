package cofferdam.monitor.disk.partition;

import static cofferdam.monitor.disk.BlockDevice.SECTOR;
import static cofferdam.monitor.disk.partition.GptCopy.ENTRY_SIZE;
import static cofferdam.monitor.disk.partition.GptCopy.HEADER_SIZE;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Writes a GPT for sectors of 512 bytes: protective MBR, header and array of 128 entries at the begin of
 * the disk, and their backup at its end (UEFI Specification 2.10, chapter 5).
 */
public final class GptWriter {

    private static final int ENTRY_COUNT = 128;
    private static final int ARRAY_SECTORS = ENTRY_COUNT * ENTRY_SIZE / SECTOR;

    /** What the copies take at the end of the disk, in bytes: 33 sectors. */
    public static final long RESERVED_AT_END = (ARRAY_SECTORS + 1L) * SECTOR;

    /** What the copies and the protective MBR take at its begin, in bytes: 34 sectors. */
    public static final long RESERVED_AT_START = RESERVED_AT_END + SECTOR;

    private GptWriter() {}

    /**
     * Writes the table; partitions are numbered in the order given.
     *
     * @param random gives the GUIDs of the disk and then of each partition, so the same seed gives the
     *     same disk
     * @throws IllegalArgumentException if there are more than 128 partitions, a name has more than 36
     *     characters, they are not whole sectors between the copies and apart from one another, or
     *     the disk has no room for the table
     * @throws IOException if the disk cannot be written
     */
    public static void write(
            BlockDevice disk, List<NewPartition> partitions, RandomGenerator random)
            throws IOException {
        if (partitions.size() > ENTRY_COUNT) {
            throw new IllegalArgumentException(
                    "%d partitions are more than %d".formatted(partitions.size(), ENTRY_COUNT));
        }
        long sectors = disk.size() / SECTOR;
        if (sectors * SECTOR <= RESERVED_AT_START + RESERVED_AT_END) {
            throw new IllegalArgumentException(
                    "a disk of %d bytes has no room for a GPT".formatted(disk.size()));
        }
        new Layout(RESERVED_AT_START, sectors * SECTOR - RESERVED_AT_END).require(partitions);
        UUID guid = Guids.random(random);
        byte[] entries = entries(partitions, random);
        long last = sectors - 1;
        disk.write(0, protectiveMbr(last));
        disk.write(SECTOR, header(1, last, 2, guid, entries));
        disk.write(2L * SECTOR, entries);
        disk.write((last - ARRAY_SECTORS) * SECTOR, entries);
        disk.write(last * SECTOR, header(last, 1, last - ARRAY_SECTORS, guid, entries));
    }

    private static byte[] protectiveMbr(long last) {
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        long protectedSectors = Math.min(last, 0xffffffffL);
        MbrWriter.putEntry(sector, 0, PartitionType.PROTECTIVE_MBR, 1, protectedSectors);
        sector.putShort(Mbr.SIGNATURE_OFFSET, (short) Mbr.SIGNATURE);
        return sector.array();
    }

    private static byte[] header(
            long sector, long alternate, long entriesSector, UUID guid, byte[] entries) {
        long last = Math.max(sector, alternate);
        ByteBuffer header = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(0, GptCopy.SIGNATURE);
        header.putInt(8, GptCopy.REVISION);
        header.putInt(12, HEADER_SIZE);
        header.putLong(24, sector);
        header.putLong(32, alternate);
        header.putLong(40, RESERVED_AT_START / SECTOR);
        header.putLong(48, last - ARRAY_SECTORS - 1);
        Guids.write(guid, header, 56);
        header.putLong(72, entriesSector);
        header.putInt(80, ENTRY_COUNT);
        header.putInt(84, ENTRY_SIZE);
        header.putInt(88, GptCopy.crc(entries));
        byte[] summed = new byte[HEADER_SIZE];
        header.get(0, summed);
        header.putInt(16, GptCopy.crc(summed));
        return header.array();
    }

    private static byte[] entries(List<NewPartition> partitions, RandomGenerator random) {
        ByteBuffer entries =
                ByteBuffer.allocate(ENTRY_COUNT * ENTRY_SIZE).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < partitions.size(); i++) {
            NewPartition partition = partitions.get(i);
            int at = i * ENTRY_SIZE;
            Guids.write(partition.type().guid(), entries, at);
            Guids.write(Guids.random(random), entries, at + 16);
            entries.putLong(at + 32, partition.offset() / SECTOR);
            entries.putLong(at + 40, partition.end() / SECTOR - 1);
            entries.put(at + GptCopy.NAME_OFFSET, name(partition.name()));
        }
        return entries.array();
    }

    private static byte[] name(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_16LE);
        if (bytes.length > GptCopy.NAME_SIZE) {
            throw new IllegalArgumentException("the name %s has more than %d characters"
                    .formatted(name, GptCopy.NAME_SIZE / Character.BYTES));
        }
        return bytes;
    }
}
