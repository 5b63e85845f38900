package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import java.util.ArrayList;
import java.util.List;

/** Gathers problems, as many as are worth telling. */
final class ProblemLog {

    /** How many are told; a hostile file system could have one for each of its entries. */
    static final int MAXIMUM = 100;

    private final List<Problem> problems = new ArrayList<>();

    void report(ProblemKind kind, String detail, Object... arguments) {
        if (problems.size() < MAXIMUM) {
            problems.add(new Problem(kind, detail.formatted(arguments)));
        }
    }

    void report(Problem problem) {
        report(problem.kind(), "%s", problem.detail());
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
