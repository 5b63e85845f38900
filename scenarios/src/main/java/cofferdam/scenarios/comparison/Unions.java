package cofferdam.scenarios.comparison;

import cofferdam.monitor.policy.PolicyChange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sets of changes that contain one alternative of each cell, and never two values of one key. Found
 * by branch and bound over the cells, those with the fewest alternatives first.
 */
final class Unions {

    /** The most partial sets that are looked at. */
    private static final int MAXIMUM_STEPS = 200_000;

    private final List<List<List<PolicyChange>>> cells;
    private final int maximumKeys;
    private final int maximumUnions;
    private final Set<List<PolicyChange>> found = new LinkedHashSet<>();
    private int steps;
    private int size;

    /**
     * @param cells the alternatives of each
     * @param maximumKeys the most keys of a union
     * @param maximumUnions how many unions are given, at most
     */
    Unions(List<List<List<PolicyChange>>> cells, int maximumKeys, int maximumUnions) {
        this.cells = cells.stream()
                .distinct()
                .sorted(Comparator.comparingInt(List::size))
                .toList();
        this.maximumKeys = maximumKeys;
        this.maximumUnions = maximumUnions;
    }

    /** The unions, the smallest first. */
    List<List<PolicyChange>> smallestFirst() {
        for (size = 1; size <= maximumKeys && found.size() < maximumUnions; size++) {
            extend(0, List.of());
        }
        return List.copyOf(found);
    }

    /** Adds the unions of exactly the size that is looked for. */
    private void extend(int cell, List<PolicyChange> chosen) {
        steps++;
        if (steps > MAXIMUM_STEPS || found.size() >= maximumUnions || chosen.size() > size) {
            return;
        }
        if (cell == cells.size()) {
            addIfNew(chosen);
            return;
        }
        for (List<PolicyChange> alternative : cells.get(cell)) {
            if (chosen.containsAll(alternative)) {
                extend(cell + 1, chosen);
                return;
            }
        }
        for (List<PolicyChange> alternative : cells.get(cell)) {
            List<PolicyChange> union = new ArrayList<>(chosen);
            alternative.stream().filter(change -> !chosen.contains(change)).forEach(union::add);
            if (isPossible(union)) {
                extend(cell + 1, union);
            }
        }
    }

    private void addIfNew(List<PolicyChange> chosen) {
        List<PolicyChange> sorted = chosen.stream()
                .sorted(Comparator.comparing(PolicyChange::key).thenComparing(PolicyChange::value))
                .toList();
        if (sorted.size() == size) {
            found.add(sorted);
        }
    }

    private static boolean isPossible(List<PolicyChange> union) {
        return union.stream().map(PolicyChange::key).distinct().count() == union.size();
    }
}
