package cofferdam.analysis.audit;

import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems of one image, each once, in the order in which they were found. */
final class Problems {

    /** The most that are reported of one image. */
    static final int MOST = 1_000;

    private final Set<Problem> found = new LinkedHashSet<>();

    void add(ProblemKind kind, String detail) {
        add(new Problem(kind, detail));
    }

    void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
            return;
        }
        if (!found.contains(problem)) {
            found.add(new Problem(
                    AuditProblem.PROBLEMS_LIMITED, "only the first %d are told".formatted(MOST)));
        }
    }

    void addAll(List<Problem> problems) {
        problems.forEach(this::add);
    }

    /** Adds what went wrong, with where before it. */
    void add(String where, MalformedImageException malformed) {
        Problem problem = malformed.problem();
        add(problem.kind(), where.isEmpty() ? problem.detail() : where + ": " + problem.detail());
    }

    List<Problem> all() {
        return List.copyOf(found);
    }
}
