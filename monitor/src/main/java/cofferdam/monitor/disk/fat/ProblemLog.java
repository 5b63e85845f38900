package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Gathers problems, as many as are worth telling. */
final class ProblemLog {

    /** How many are told; a hostile file system could have one for each of its entries. */
    static final int MAXIMUM = 100;

    private final List<Problem> problems = new ArrayList<>();

    void report(ProblemKind kind, Supplier<String> detail) {
        if (problems.size() < MAXIMUM) {
            problems.add(new Problem(kind, detail.get()));
        }
    }

    void report(Problem problem) {
        report(problem.kind(), problem::detail);
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }
}
