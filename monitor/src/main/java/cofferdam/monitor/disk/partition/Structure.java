package cofferdam.monitor.disk.partition;

/**
 * Bytes that a partition table itself takes on a disk.
 *
 * @param name {@code MBR}, {@code EBR}, {@code GPT header}, {@code GPT entries}, {@code backup GPT
 *     header} or {@code backup GPT entries}
 * @param offset where it begins on the disk, in bytes
 * @param length in bytes
 */
public record Structure(String name, long offset, long length) {}
