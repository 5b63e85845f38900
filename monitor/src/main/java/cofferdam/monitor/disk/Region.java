package cofferdam.monitor.disk;

/** What kind of place on a disk, or in an image, bytes lie in. */
public enum Region {
    /** A file that exists. */
    ALLOCATED,
    /** Behind a file's end, in its last block. */
    SLACK,
    /** Space that belongs to no file; where a deleted file's name is still known, it was that file's. */
    UNALLOCATED,
    /** A swap partition or swap file. */
    SWAP,
    /** The file system's own structures. */
    METADATA,
    /** Outside every partition. */
    GAP,
    /** The container's own structures. */
    CONTAINER
}
