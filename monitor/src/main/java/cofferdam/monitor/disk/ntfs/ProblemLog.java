package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers problems; of each kind only the first few in full, since a volume can have millions. */
final class ProblemLog {

    /** How many problems of one kind are told in full. */
    static final int MAX_TOLD = 8;

    private final List<Problem> told = new ArrayList<>();
    private final Map<ProblemKind, Long> counts = new LinkedHashMap<>();

    void add(ProblemKind kind, String detail) {
        add(new Problem(kind, detail));
    }

    /** The problem, with where it was found put before its detail. */
    void add(String where, MalformedImageException cause) {
        add(cause.problem().kind(), where + ": " + cause.problem().detail());
    }

    /** Adds what another has gathered. */
    void addAll(ProblemLog other) {
        other.told.forEach(this::add);
        other.counts.forEach((kind, count) -> {
            if (count > MAX_TOLD) {
                counts.merge(kind, count - MAX_TOLD, Long::sum);
            }
        });
    }

    private void add(Problem problem) {
        if (counts.merge(problem.kind(), 1L, Long::sum) <= MAX_TOLD) {
            told.add(problem);
        }
    }

    /** What was added, in order, then a line for each kind of which there were more. */
    List<Problem> toList() {
        List<Problem> all = new ArrayList<>(told);
        counts.forEach((kind, count) -> {
            if (count > MAX_TOLD) {
                all.add(new Problem(kind, "and %d more".formatted(count - MAX_TOLD)));
            }
        });
        return List.copyOf(all);
    }
}
