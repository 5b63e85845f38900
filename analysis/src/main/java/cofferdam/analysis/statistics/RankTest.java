package cofferdam.analysis.statistics;

import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The rank-sum test of Mann and Whitney (1947): how likely a value of a group is larger than one of the
 * rest. It takes nothing for granted about how values are distributed.
 *
 * @param area the chance that a value of the group is larger than one of the rest, equal ones counted
 *     half: 0.5 if the group is like the rest (the area under the receiver operating characteristic)
 * @param sigma the standard deviation of that area if the group is like the rest and no two values are
 *     equal; equal ones only make it smaller
 * @param corrected the same, corrected for equal values; 0 if all are equal
 */
public record RankTest(double area, double sigma, double corrected) {

    /** What it is if there is nothing to tell apart. */
    public static final double CHANCE = 0.5;

    /**
     * The test of these values.
     *
     * @param group the places of those values that are of the group
     * @throws IllegalArgumentException if all or none of the values are of the group
     */
    public static RankTest of(List<Long> values, BitSet group) {
        int inside = group.cardinality();
        int outside = values.size() - inside;
        if (inside == 0 || outside <= 0 || group.length() > values.size()) {
            throw new IllegalArgumentException("a group of %d among %d values, the last at %d"
                    .formatted(inside, values.size(), group.length()));
        }
        List<Integer> order = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparing(values::get))
                .toList();
        double ranks = 0;
        double ties = 0;
        for (int from = 0; from < order.size(); ) {
            int until = endOfEqual(values, order, from);
            double equal = until - from;
            ties += equal * equal * equal - equal;
            double middle = (from + 1 + until) / 2.0;
            ranks += middle
                    * order.subList(from, until).stream().filter(group::get).count();
            from = until;
        }
        double pairs = (double) inside * outside;
        double wins = ranks - inside * (inside + 1.0) / 2;
        return new RankTest(
                wins / pairs, sigma(pairs, values.size(), 0), sigma(pairs, values.size(), ties));
    }

    private static int endOfEqual(List<Long> values, List<Integer> order, int from) {
        int until = from + 1;
        while (until < order.size()
                && values.get(order.get(until)).equals(values.get(order.get(from)))) {
            until++;
        }
        return until;
    }

    private static double sigma(double pairs, double count, double ties) {
        double variance = pairs / 12 * (count + 1 - ties / (count * (count - 1)));
        return Math.sqrt(Math.max(0, variance)) / pairs;
    }

    /**
     * How many standard deviations the area is from {@link #CHANCE} at least. Few values that stand out
     * from very many equal ones do not make it large.
     */
    public double leastDeviation() {
        return Math.abs(area - CHANCE) / sigma;
    }

    /** How many standard deviations it is from it at most, which few values that stand out make large. */
    public double greatestDeviation() {
        return corrected == 0 ? 0 : Math.abs(area - CHANCE) / corrected;
    }
}
