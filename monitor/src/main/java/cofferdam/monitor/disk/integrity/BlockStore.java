package cofferdam.monitor.disk.integrity;

import java.io.IOException;

/** Blocks of 4 KiB that are read and written whole. */
interface BlockStore {

    /** How many there are. */
    long blocks();

    /**
     * Reads blocks, all of which have their entries in one node of the tree.
     *
     * @throws IntegrityException if one is damaged
     */
    void load(long block, int count, byte[] into, int start) throws IOException;

    /**
     * Writes blocks, all of which have their entries in one node of the tree.
     *
     * @throws IntegrityException if their part of the tree is damaged
     */
    void store(long block, int count, byte[] from, int start) throws IOException;
}
