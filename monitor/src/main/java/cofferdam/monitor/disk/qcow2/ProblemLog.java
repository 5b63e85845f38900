package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Problems in the order found, at most so many of a kind; the rest are counted. */
final class ProblemLog {

    private static final int MOST_OF_A_KIND = 100;

    private final List<Problem> kept = new ArrayList<>();
    private final Map<ProblemKind, Long> counts = new LinkedHashMap<>();

    /** Notes a problem; {@code detail} is a format for the values. */
    // The annotation asked for is in a library that the project does not have.
    @SuppressWarnings("AnnotateFormatMethod")
    void add(ProblemKind kind, String detail, Object... values) {
        if (counts.merge(kind, 1L, Long::sum) <= MOST_OF_A_KIND) {
            kept.add(new Problem(kind, detail.formatted(values)));
        }
    }

    /** Those that were kept, and for each kind with more how many there were. */
    List<Problem> problems() {
        List<Problem> all = new ArrayList<>(kept);
        counts.forEach((kind, count) -> {
            if (count > MOST_OF_A_KIND) {
                all.add(new Problem(kind, "%d more like these".formatted(count - MOST_OF_A_KIND)));
            }
        });
        return List.copyOf(all);
    }
}
