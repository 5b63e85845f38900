package cofferdam.monitor;

import cofferdam.monitor.evidence.Canary;

import java.io.IOException;
import java.util.BitSet;

/** The memory of ordinary programs of a running machine. */
public non-sealed interface ProgramMemory extends Capability {

    /** The size of a page in bytes. */
    int PAGE = 4096;

    /**
     * A program keeps a secret at the beginning of each of so many pages, unless it has one already;
     * leaves a {@code secret-remembered} event.
     */
    void remember(Canary secret, int pages);

    /** The program looks whether it still has its secret; leaves a {@code secret-recalled} event. */
    void recall();

    /** The program ends; its memory is given back to the machine as it is. */
    void forget();

    /**
     * A program keeps some of the pages of a public collection, as if it had loaded those parts of
     * well-known programs; leaves a {@code pages-held} event.
     *
     * @param held for each page of the collection whether it is kept; empty gives them all back
     */
    void hold(BitSet held, int of);

    /**
     * Pages for a program of the caller's own.
     *
     * @throws IOException if the machine has no memory for them, or is down
     */
    Pages reserve(int count) throws IOException;

    /** Pages of one program. */
    interface Pages {

        /** How many. */
        int count();

        /**
         * Fills a page.
         *
         * @param content {@link #PAGE} bytes
         * @throws IOException if the program is no more
         */
        void fill(int page, byte[] content) throws IOException;

        /**
         * Writes one byte, and reads the processor's time-stamp counter before and after.
         *
         * @return the difference, in cycles
         * @throws IOException if the program is no more
         */
        long timedWrite(int page, int offset, byte value) throws IOException;

        /** The program ends. */
        void release();
    }
}
