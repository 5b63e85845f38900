package cofferdam.scenarios.agreement;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;

import java.util.List;

/**
 * The verdicts of several monitors side by side.
 *
 * @param monitors their names; the others are held against the first
 * @param rows by scenario, then property, then policy
 */
public record Agreement(List<String> monitors, List<Row> rows) {

    public Agreement {
        monitors = List.copyOf(monitors);
        rows = List.copyOf(rows);
    }

    /**
     * A property of a scenario under a policy.
     *
     * @param cells one for each monitor, in their order
     * @param disagreements with the first monitor
     */
    public record Row(
            String scenario,
            String policy,
            Question question,
            List<Judgement> cells,
            List<Disagreement> disagreements) {

        public Row {
            cells = List.copyOf(cells);
            disagreements = List.copyOf(disagreements);
        }

        /** Whether all monitors give the same verdict. */
        public boolean agrees() {
            return disagreements.isEmpty();
        }
    }

    /**
     * A monitor gives another verdict than the first.
     *
     * @param reference the first monitor
     */
    public record Disagreement(String reference, String monitor, Explanation explanation) {}

    /** How many rows have the same verdict on all monitors. */
    public int agreeing() {
        return (int) rows.stream().filter(Row::agrees).count();
    }

    /** Every disagreement, in the rows' order. */
    public List<Disagreement> disagreements() {
        return rows.stream().flatMap(row -> row.disagreements().stream()).toList();
    }

    /** How many disagreements the evidence does not account for. */
    public int unexplained() {
        return (int) disagreements().stream()
                .filter(disagreement -> !disagreement.explanation().isFound())
                .count();
    }

    /** How many verdicts say nothing, because a control or the testbed failed. */
    public int undecided() {
        return (int) rows.stream()
                .flatMap(row -> row.cells().stream())
                .map(Judgement::verdict)
                .filter(verdict -> verdict == Verdict.INCONCLUSIVE || verdict == Verdict.ERROR)
                .count();
    }
}
