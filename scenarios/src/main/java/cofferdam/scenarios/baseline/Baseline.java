package cofferdam.scenarios.baseline;

import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.Cell;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The violations that are known.
 *
 * @param known each with the reason why it is accepted, if there is one; in the order of {@link Cell}
 */
public record Baseline(SortedMap<Cell, Optional<AcceptedRisk>> known) {

    /** The baseline of somebody who knows of nothing. */
    public static final Baseline EMPTY = new Baseline(Collections.emptySortedMap());

    public Baseline {
        known = Collections.unmodifiableSortedMap(new TreeMap<>(known));
    }

    /**
     * The baseline that has these violations too, and no more those that are gone. What it knew and
     * nobody looked at stays in it. A violation whose acceptance is over is not taken in: that would
     * renew it behind everybody's back.
     */
    public Baseline after(Reckoning reckoning) {
        SortedMap<Cell, Optional<AcceptedRisk>> kept = new TreeMap<>(known);
        reckoning.gone().forEach(gone -> kept.remove(gone.cell()));
        for (RunResult run : reckoning.runs()) {
            for (PropertyResult result : run.properties()) {
                if (isNew(result)) {
                    kept.putIfAbsent(Cell.of(run, result), Optional.empty());
                }
            }
        }
        return new Baseline(kept);
    }

    /** How many violations it knows. */
    public int size() {
        return known.size();
    }

    /** The cells that it knows. */
    List<Cell> cells() {
        return List.copyOf(known.keySet());
    }

    /** Whether a result, after reckoning, is a violation that somebody should hear of. */
    static boolean isNew(PropertyResult result) {
        return result.judgement().verdict() == Verdict.VIOLATED
                && !result.isAsItShouldBe()
                && !result.isLapsed();
    }
}
