package cofferdam.analysis.search;

import static org.junit.jupiter.api.Assumptions.abort;

import cofferdam.analysis.search.Searchers.Engine;

import java.util.List;

/** Lets tests of other packages choose an engine. */
public final class EngineAccess {

    private EngineAccess() {}

    /** Compiles for one engine; the test is skipped where it is not there. */
    public static Searcher compile(List<Needle> needles, String engine)
            throws InvalidNeedleException {
        return Searchers.compile(needles, Engine.valueOf(engine))
                .orElseGet(() -> abort(engine + " is not there"));
    }
}
