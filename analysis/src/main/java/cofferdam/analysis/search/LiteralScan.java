package cofferdam.analysis.search;

import java.lang.foreign.MemorySegment;

/** A way to find one literal. Keeps no state. */
interface LiteralScan {

    /** Which it is, for people. */
    String engine();

    /**
     * Tells the matches that begin in a range.
     *
     * @param needle the index to tell
     * @param from first place where a match may begin
     * @param to behind the last such place; the text has the literal's length behind it, less one
     */
    void scan(
            Literal literal,
            int needle,
            MemorySegment text,
            long from,
            long to,
            Searcher.Hits hits);
}
