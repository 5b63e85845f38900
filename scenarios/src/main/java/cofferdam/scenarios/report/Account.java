package cofferdam.scenarios.report;

import cofferdam.analysis.story.Story;
import cofferdam.scenarios.result.PropertyResult;

import java.util.List;
import java.util.Optional;

/**
 * What is behind verdicts that came about in the same way under one policy or several.
 *
 * @param number unlike any other's in the report
 * @param row the number of its row
 * @param cases the policies, the first of which is the one that is shown
 * @param result of the first
 * @param story of the first; empty where one line says it all
 */
public record Account(
        int number,
        int row,
        Outcome outcome,
        List<Case> cases,
        PropertyResult result,
        Optional<Story> story) {

    public Account {
        cases = List.copyOf(cases);
    }

    /**
     * A run that it tells of.
     *
     * @param column the number of its column
     * @param reason of its verdict
     * @param folder as {@link ReportedRun#folder}
     */
    public record Case(int column, String reason, List<String> folder) {
        public Case {
            folder = List.copyOf(folder);
        }
    }

    /** Whether the same is said of all its cases, word for word. */
    public boolean hasOneReason() {
        return cases.stream().map(Case::reason).distinct().count() == 1;
    }

    /** What its place in a page is called. */
    public String id() {
        return "account-" + number;
    }
}
