package cofferdam.analysis.statistics;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A limit that tells a group's values from the rest.
 *
 * @param limit the group lies on one side of it, the rest on the other
 * @param above whether the group lies above
 */
public record Threshold(long limit, boolean above) {

    /**
     * How often the best limit errs, as a fraction of all values: chosen by the values at even places it
     * is tried on those at odd ones, and the other way round, so that none is judged by itself.
     *
     * @param group the places of those values that are of the group
     */
    public static double errorRate(List<Long> values, BitSet group) {
        long errors = 0;
        for (int half = 0; half < 2; half++) {
            List<Integer> learned = places(values.size(), half);
            Threshold best = best(values, group, learned);
            errors += places(values.size(), 1 - half).stream()
                    .filter(place -> best.isInGroup(values.get(place)) != group.get(place))
                    .count();
        }
        return (double) errors / values.size();
    }

    private static List<Integer> places(int count, int first) {
        return IntStream.range(0, count)
                .filter(place -> place % 2 == first)
                .boxed()
                .toList();
    }

    private boolean isInGroup(long value) {
        return above == value > limit;
    }

    /** The one that errs least on the values at these places. */
    private static Threshold best(List<Long> values, BitSet group, List<Integer> places) {
        List<Integer> order = places.stream()
                .sorted((one, other) -> Long.compare(values.get(one), values.get(other)))
                .toList();
        long inside = order.stream().filter(group::get).count();
        Threshold best = new Threshold(Long.MAX_VALUE, true);
        long least = inside;
        long below = 0;
        for (int i = 0; i < order.size(); i++) {
            below += group.get(order.get(i)) ? 1 : 0;
            long value = values.get(order.get(i));
            long next = i + 1 < order.size() ? values.get(order.get(i + 1)) : Long.MAX_VALUE;
            if (value == next) {
                continue;
            }
            long wrongIfAbove = below + (order.size() - i - 1 - (inside - below));
            // The middle of the two, which never overflows.
            long limit = (value & next) + ((value ^ next) >> 1);
            if (wrongIfAbove < least) {
                least = wrongIfAbove;
                best = new Threshold(limit, true);
            }
            if (order.size() - wrongIfAbove < least) {
                least = order.size() - wrongIfAbove;
                best = new Threshold(limit, false);
            }
        }
        return best;
    }
}
