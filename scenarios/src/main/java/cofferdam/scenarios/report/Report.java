package cofferdam.scenarios.report;

import java.util.List;
import java.util.Map;

/**
 * All that a report tells.
 *
 * @param bundles how the bundles were named
 * @param versions of the programs that wrote them, each once
 * @param runs how many
 */
public record Report(
        List<String> bundles,
        List<String> versions,
        int runs,
        List<Column> columns,
        List<Row> rows,
        List<Chapter> chapters,
        Map<Outcome, Integer> counts,
        int unexpected,
        int expected) {

    public Report {
        bundles = List.copyOf(bundles);
        versions = List.copyOf(versions);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        chapters = List.copyOf(chapters);
        counts = Map.copyOf(counts);
    }

    /** How many verdicts of a kind. */
    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** Whether anything was expected of any verdict. */
    public boolean hasExpectations() {
        return expected > 0;
    }
}
