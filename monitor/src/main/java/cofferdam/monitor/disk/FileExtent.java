package cofferdam.monitor.disk;

/**
 * A run of bytes of a file system, and what they are.
 *
 * @param path the file's path from the file system's root, with {@code /}, made safe by {@link
 *     FileNames}; empty where there is none. A file of several names has the first found
 * @param offset where it begins in the file system, in bytes
 * @param length in bytes
 * @param fileOffset where it begins in the file, in bytes; 0 where there is no file
 */
public record FileExtent(Region region, String path, long offset, long length, long fileOffset) {}
