package cofferdam.scenarios.report;

import cofferdam.monitor.SecuritySupport;
import cofferdam.monitor.policy.Policy;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A configuration of the matrix.
 *
 * @param number its place, from 0
 * @param name the policy's name, with more where several columns would have the same
 * @param securitySupport what the monitor's makers say of its isolation; null where a bundle is too
 *     old to tell
 * @param counts how many verdicts of each kind it has
 * @param unexpected how many of them are not as they should be
 */
public record Column(
        int number,
        String name,
        Policy policy,
        String monitor,
        @Nullable SecuritySupport securitySupport,
        long seed,
        Map<Outcome, Integer> counts,
        int unexpected) {

    public Column {
        counts = Map.copyOf(counts);
    }

    /** How many verdicts of a kind. */
    public int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** How many verdicts in all. */
    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
