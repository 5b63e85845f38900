package cofferdam.monitor.disk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** An opened file system of any type, for reading. */
public interface FileSystem {

    /** Its type as {@code blkid} calls it, such as {@code ext4}, {@code vfat}, {@code ntfs}. */
    String type();

    /** Its size in bytes as its own superblock has it; may exceed its partition. */
    long size();

    /** The structural problems that opening showed. */
    List<Problem> problems();

    /**
     * Tells every run of bytes that the file system accounts for: files that exist with their
     * slack, deleted files whose extents are still known, and its own structures. Extents may
     * overlap: a file stored inside a metadata structure (inline data, resident attributes) is told
     * as the file's too, and the space of a deleted file may be another file's by now. What is not
     * told is {@link Region#UNALLOCATED} without a name. Memory stays bounded by a constant and by
     * the number of files; loops end.
     *
     * @return the problems that only the whole walk shows
     * @throws MalformedImageException if it cannot be walked at all
     */
    List<Problem> walk(Consumer<FileExtent> visitor) throws IOException;

    /**
     * The content of the regular file at this path; empty where there is none. Symbolic links are
     * not followed.
     */
    Optional<ByteSource> file(String path) throws IOException;
}
