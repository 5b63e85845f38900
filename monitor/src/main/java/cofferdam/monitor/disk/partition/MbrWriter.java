package cofferdam.monitor.disk.partition;

import static cofferdam.monitor.disk.BlockDevice.SECTOR;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;

/** Writes an MBR with up to four primary partitions. */
public final class MbrWriter {

    private static final int DISK_SIGNATURE_OFFSET = 440;
    private static final long MAXIMUM_SECTORS = 0xffffffffL;

    private MbrWriter() {}

    /**
     * Writes the first sector of a disk; partitions are numbered in the order given.
     *
     * @param random gives the disk's signature of 4 bytes
     * @throws IllegalArgumentException if there are more than four partitions, or they are not whole
     *     sectors on the disk, apart from one another, after its first sector, within 2^32 sectors
     * @throws IOException if the disk cannot be written
     */
    public static void write(
            BlockDevice disk, List<NewPartition> partitions, RandomGenerator random)
            throws IOException {
        if (partitions.size() > Mbr.ENTRY_COUNT) {
            throw new IllegalArgumentException("an MBR has room for %d partitions, not for %d"
                    .formatted(Mbr.ENTRY_COUNT, partitions.size()));
        }
        new Layout(SECTOR, Math.min(disk.size(), MAXIMUM_SECTORS * SECTOR)).require(partitions);
        ByteBuffer sector = ByteBuffer.allocate(SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        sector.putInt(DISK_SIGNATURE_OFFSET, random.nextInt());
        for (int i = 0; i < partitions.size(); i++) {
            NewPartition partition = partitions.get(i);
            putEntry(
                    sector,
                    i,
                    partition.type().mbr(),
                    partition.offset() / SECTOR,
                    partition.size() / SECTOR);
        }
        sector.putShort(Mbr.SIGNATURE_OFFSET, (short) Mbr.SIGNATURE);
        disk.write(0, sector.array());
    }

    static void putEntry(ByteBuffer sector, int index, int type, long start, long sectors) {
        int at = Mbr.ENTRIES_OFFSET + index * Mbr.ENTRY_SIZE;
        ChsAddress.of(start).write(sector, at + 1);
        sector.put(at + 4, (byte) type);
        ChsAddress.of(start + sectors - 1).write(sector, at + 5);
        sector.putInt(at + 8, (int) start);
        sector.putInt(at + 12, (int) sectors);
    }
}
