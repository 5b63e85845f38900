package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.Problem;

import java.io.IOException;

/** Told what a file's map of blocks says, in order of the file. */
public interface BlockVisitor {

    /**
     * Blocks of the file's content, all inside the file system.
     *
     * @param logical the first one's number in the file
     * @param physical the first one's number in the file system
     * @param count how many
     * @param written false for blocks that are reserved but read as zeros
     */
    void data(long logical, long physical, long count, boolean written) throws IOException;

    /**
     * A block that holds a part of the map itself.
     *
     * @return whether to read it
     */
    boolean index(long block) throws IOException;

    /** Something wrong with the map; what it concerns is left out. */
    void problem(Problem problem) throws IOException;
}
