package cofferdam.monitor.disk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Gathers problems, each kind once with its count, so that an image with a million bad entries has
 * one problem and not a million.
 */
public final class ProblemTally {

    private final Map<ProblemKind, Entry> entries = new LinkedHashMap<>();

    /** None yet. */
    public ProblemTally() {}

    /** Counts one; the detail is kept of the first of its kind. */
    public void add(ProblemKind kind, String detail) {
        add(kind, () -> detail);
    }

    /** Counts one; the detail is asked for only if it is the first of its kind. */
    public void add(ProblemKind kind, Supplier<String> detail) {
        Entry known = entries.get(kind);
        entries.put(kind, known == null ? new Entry(detail.get(), 1) : known.andOneMore());
    }

    /** Counts one. */
    public void add(Problem problem) {
        add(problem.kind(), problem.detail());
    }

    /** One problem for each kind, in the order in which the kinds first came. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        entries.forEach((kind, entry) -> problems.add(new Problem(kind, entry.text())));
        return List.copyOf(problems);
    }

    private record Entry(String first, long count) {

        Entry andOneMore() {
            return new Entry(first, count + 1);
        }

        String text() {
            return count == 1 ? first : "%s, and %d more".formatted(first, count - 1);
        }
    }
}
