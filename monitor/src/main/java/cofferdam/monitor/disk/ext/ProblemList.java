package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Problems, of each kind the first few; of the others only how many there are. */
final class ProblemList {

    private static final int MOST_OF_A_KIND = 16;

    private final List<Problem> problems = new ArrayList<>();
    private final Map<ProblemKind, Long> counts = new HashMap<>();

    void add(Problem problem) {
        if (counts.merge(problem.kind(), 1L, Long::sum) <= MOST_OF_A_KIND) {
            problems.add(problem);
        }
    }

    void add(ProblemKind kind, String detail) {
        add(new Problem(kind, detail));
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>(problems);
        counts.forEach((kind, count) -> {
            if (count > MOST_OF_A_KIND) {
                all.add(new Problem(
                        kind, "%d more of this kind".formatted(count - MOST_OF_A_KIND)));
            }
        });
        return List.copyOf(all);
    }
}
