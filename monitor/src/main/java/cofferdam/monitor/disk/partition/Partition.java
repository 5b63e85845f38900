package cofferdam.monitor.disk.partition;

/**
 * A partition of a disk.
 *
 * @param number as Linux counts: 1 to 4 for the entries of an MBR, from 5 on for logical partitions,
 *     and the position in the array, from 1, for GPT
 * @param offset where it begins on the disk, in bytes
 * @param size in bytes, cut at the end of the disk; never 0
 * @param type {@code 0x83} and the like for MBR, a GUID in capitals for GPT; {@link PartitionType}
 *     has the common ones
 * @param name as GPT has it, made safe by {@link cofferdam.monitor.disk.FileNames}; empty for MBR
 */
public record Partition(int number, long offset, long size, String type, String name) {

    /** The byte after its last. */
    public long end() {
        return offset + size;
    }
}
