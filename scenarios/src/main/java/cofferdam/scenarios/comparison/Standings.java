package cofferdam.scenarios.comparison;

import cofferdam.analysis.Verdict;
import cofferdam.scenarios.comparison.Matrix.Row;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Compares policies by what holds under them. That there is no such boundary counts as holding: a
 * property that cannot be asked is not lost.
 */
final class Standings {

    private final Matrix matrix;
    private final List<BitSet> holding = new ArrayList<>();

    Standings(Matrix matrix) {
        this.matrix = matrix;
        for (String policy : matrix.policies()) {
            BitSet held = new BitSet();
            List<Cell> cells = matrix.of(policy);
            IntStream.range(0, cells.size())
                    .filter(row -> cells.get(row).holds())
                    .forEach(held::set);
            holding.add(held);
        }
    }

    /** One for each policy, in the matrix's order. */
    List<Standing> all() {
        return IntStream.range(0, matrix.policies().size())
                .mapToObj(this::standing)
                .toList();
    }

    private Standing standing(int policy) {
        List<Cell> cells = matrix.of(matrix.policies().get(policy));
        return new Standing(
                matrix.policies().get(policy),
                count(cells, cell -> cell.verdict() == Verdict.UPHELD),
                count(cells, cell -> cell.verdict() == Verdict.VIOLATED),
                count(cells, cell -> cell.accepted() != null),
                count(cells, Cell::isUndecided),
                count(cells, cell -> cell.verdict() == Verdict.NOT_APPLICABLE),
                others(policy, other -> contains(policy, other) && !contains(other, policy)),
                others(policy, other -> contains(policy, other) && contains(other, policy)),
                only(policy));
    }

    private static int count(List<Cell> cells, Predicate<Cell> kind) {
        return (int) cells.stream().filter(kind).count();
    }

    private List<String> others(int policy, IntPredicate relation) {
        return IntStream.range(0, holding.size())
                .filter(other -> other != policy)
                .filter(relation)
                .mapToObj(matrix.policies()::get)
                .toList();
    }

    private boolean contains(int policy, int other) {
        BitSet missing = (BitSet) holding.get(other).clone();
        missing.andNot(holding.get(policy));
        return missing.isEmpty();
    }

    private List<String> only(int policy) {
        if (holding.size() < 2) {
            return List.of();
        }
        List<String> only = new ArrayList<>();
        for (int row = 0; row < matrix.rows().size(); row++) {
            int asked = row;
            boolean alone = IntStream.range(0, holding.size())
                    .allMatch(other -> holding.get(other).get(asked) == (other == policy));
            boolean upheld = matrix.rows().get(row).cells().get(policy).verdict() == Verdict.UPHELD;
            if (alone && upheld) {
                Row place = matrix.rows().get(row);
                only.add("%s in %s".formatted(place.question().property(), place.scenario()));
            }
        }
        return only;
    }
}
