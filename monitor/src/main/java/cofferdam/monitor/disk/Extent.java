package cofferdam.monitor.disk;

/**
 * A run of bytes in a file of an image, and what they are.
 *
 * @param file index into {@link DiskImage#files}
 * @param fileOffset where it begins in that file, in bytes
 * @param fileLength its length in that file, in bytes
 * @param view index into {@link DiskImage#views}; -1 for {@link Kind#METADATA}
 * @param guestOffset where it begins in the view, in bytes; 0 for {@link Kind#METADATA}
 * @param guestLength its length in the view, in bytes; 0 for {@link Kind#METADATA}
 * @param what for {@link Kind#METADATA}, the structure in words, such as {@code L2 table}; otherwise
 *     empty
 */
public record Extent(
        Kind kind,
        int file,
        long fileOffset,
        long fileLength,
        int view,
        long guestOffset,
        long guestLength,
        String what) {

    /** What a run of bytes is. */
    public enum Kind {
        /** The view's bytes as they are, or enciphered one for one. */
        DATA,
        /** The view's bytes, compressed; {@link DiskImage#decode} gives them back. */
        COMPRESSED,
        /** Bytes that the view reads as zeros, though they are still there. */
        ZERO_FLAGGED,
        /** The container's own structures. */
        METADATA
    }
}
