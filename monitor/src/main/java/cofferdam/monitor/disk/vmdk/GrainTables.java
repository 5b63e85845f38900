package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The grain directory and the grain tables: 32-bit sector numbers, the directory's of tables, a
 * table's of grains; after "Grain Directory" and "Grain Table".
 *
 * @param directories the file, for reading the directory
 * @param tables the file, for reading tables
 */
record GrainTables(ByteSource directories, ByteSource tables, SparseHeader header) {

    static final int ENTRY_BYTES = 4;

    /** What {@link #place} gives for a grain that the image does not have. */
    static final long ABSENT = 0;

    /** What {@link #place} gives for a grain of zeros. */
    static final long ZEROED = -1;

    /** A table entry that stands for a grain of zeros, if the header's flag allows it. */
    private static final long ZEROED_ENTRY = 1;

    /** Where the grain begins in the file, in bytes, or {@link #ABSENT} or {@link #ZEROED}. */
    long place(long grain) throws IOException {
        long table = tableOffset(grain / header.tableEntries());
        if (table == 0) {
            return ABSENT;
        }
        long entry = table + grain % header.tableEntries() * ENTRY_BYTES;
        return place(entry(tables, entry));
    }

    /** The same for an entry of a grain table. */
    long place(int entry) {
        long sector = Integer.toUnsignedLong(entry);
        if (sector == ZEROED_ENTRY && header.hasZeroedGrains()) {
            return ZEROED;
        }
        return sector * BlockDevice.SECTOR;
    }

    /** Where the table begins in the file, in bytes; 0 if there is none. */
    long tableOffset(long index) throws IOException {
        return tableOffset(header.directory(), index);
    }

    /** The same by the redundant directory. */
    long redundantTableOffset(long index) throws IOException {
        return tableOffset(header.redundantDirectory(), index);
    }

    private long tableOffset(long directory, long index) throws IOException {
        long entry = directory * BlockDevice.SECTOR + index * ENTRY_BYTES;
        return Integer.toUnsignedLong(entry(directories, entry)) * BlockDevice.SECTOR;
    }

    private static int entry(ByteSource source, long offset) throws IOException {
        byte[] entry = source.read(offset, ENTRY_BYTES);
        return ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
    }
}
