package cofferdam.scenarios.cli;

import cofferdam.scenarios.baseline.Gone;
import cofferdam.scenarios.baseline.Reckoning;

import java.util.ArrayList;
import java.util.List;

/** What a baseline makes of results, for people. */
record BaselineText(Reckoning reckoning, BaselineOptions.Given given) {

    /** The counts, and what is no longer there; empty if no baseline was given or written. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (given.baseline().isPresent() || given.written().isPresent()) {
            lines.add("baseline: %d known, %d new, %d no longer there"
                    .formatted(
                            reckoning.known(),
                            reckoning.fresh(),
                            reckoning.gone().size()));
        }
        for (Gone gone : reckoning.gone()) {
            lines.add("  no longer there: %s is %s; remove it from the baseline"
                    .formatted(Terminal.safe(gone.cell().words()), gone.now()));
        }
        given.written()
                .ifPresent(
                        file -> lines.add("baseline written: " + Terminal.safe(file.toString())));
        return lines;
    }
}
