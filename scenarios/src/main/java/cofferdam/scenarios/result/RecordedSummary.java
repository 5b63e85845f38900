package cofferdam.scenarios.result;

import java.util.List;

/**
 * What a bundle's {@code summary.json} tells.
 *
 * @param version of the program that wrote it
 * @param runs in its order; they took no time, and their evidence has no packet comments
 * @param counts what it says there is of each kind
 */
public record RecordedSummary(String version, List<RunResult> runs, Summary counts) {

    public RecordedSummary {
        runs = List.copyOf(runs);
    }
}
