package cofferdam.scenarios.cli;

import cofferdam.scenarios.baseline.Gone;
import cofferdam.scenarios.baseline.Reckoning;

import java.util.ArrayList;
import java.util.List;

/**
 * What a baseline makes of results, for people.
 *
 * @param hasBaseline whether one was given or written
 */
record BaselineText(BaselineOptions.Outcome outcome, boolean hasBaseline) {

    /** The counts, and what is no longer there; empty if there is no baseline. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!hasBaseline) {
            return lines;
        }
        Reckoning reckoning = outcome.reckoning();
        lines.add("baseline: %d known, %d new, %d no longer there"
                .formatted(
                        reckoning.known(), reckoning.fresh(), reckoning.gone().size()));
        for (Gone gone : reckoning.gone()) {
            lines.add("  no longer there: %s is %s; remove it from the baseline"
                    .formatted(Terminal.safe(gone.cell().words()), gone.now()));
        }
        if (!outcome.change().isEmpty()) {
            lines.add(Terminal.safe(outcome.change()));
        }
        return lines;
    }
}
