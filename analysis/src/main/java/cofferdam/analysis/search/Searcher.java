package cofferdam.analysis.search;

import java.lang.foreign.MemorySegment;

/** A compiled set of needles. Safe for use by several threads. */
public interface Searcher extends AutoCloseable {

    /** Which engine it is, for people: such as {@code vector 512 bit} or {@code vectorscan 5.4.12}. */
    String engine();

    /** The most bytes that a match of any of its needles may have. */
    int longest();

    /**
     * Tells every match in these bytes. A literal's matches may overlap; of an expression's matches
     * that overlap, the leftmost are told. Matches that reach over the end are not found: whoever
     * searches block by block lets blocks overlap by {@link #longest} - 1 bytes.
     */
    void search(MemorySegment bytes, Hits hits);

    /** Frees what the engine holds outside the heap. */
    @Override
    void close();

    /** Takes matches, in no order that is promised between needles. */
    @FunctionalInterface
    interface Hits {

        /**
         * Takes one match.
         *
         * @param needle index of the needle in the set
         * @param start offset of the first byte
         * @param end offset behind the last byte
         */
        void hit(int needle, long start, long end);
    }
}
