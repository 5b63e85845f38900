package cofferdam.monitor.disk.partition;

/**
 * A partition to make.
 *
 * @param offset where it begins, in bytes; a multiple of 512, and best of {@link #ALIGNMENT}
 * @param size in bytes, a multiple of 512
 * @param name at most 36 UTF-16 characters; MBR has no place for it
 */
public record NewPartition(PartitionType type, long offset, long size, String name) {

    /** Where partitioning programs let partitions begin, in bytes: 1 MiB. */
    public static final long ALIGNMENT = 1 << 20;

    long end() {
        return Math.addExact(offset, size);
    }
}
