package cofferdam.monitor.disk.ext.write;

import java.io.IOException;

/** How a kind of file system writes down which blocks a file has. */
sealed interface BlockMap permits Extents, Pointers {

    /** Gives an inode an empty map. The inode itself is not written. */
    void initialise(InodeImage inode);

    /** How many blocks of its own a map of these blocks needs. */
    int indexBlocks(long[] data);

    /**
     * Writes a map in place of what the inode has, and its own blocks. The inode itself is not
     * written.
     *
     * @param data the file's blocks in order, without holes
     * @param index as many blocks as {@link #indexBlocks} asked for
     */
    void store(InodeImage inode, long[] data, long[] index) throws IOException;
}
