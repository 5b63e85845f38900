package cofferdam.scenarios.result;

import cofferdam.monitor.SecuritySupport;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * What came of one scenario under one policy.
 *
 * @param scenario the scenario's name
 * @param policy the policy's name
 * @param monitor the monitor's name
 * @param seed what fixed every choice
 * @param properties the scenario's properties, in its order
 * @param securitySupport what the monitor's makers said of its isolation; null in bundles of format
 *     version 1 and 2, which do not tell
 * @param duration wall-clock time; never written into a bundle
 */
public record RunResult(
        String scenario,
        String policy,
        String monitor,
        long seed,
        List<PropertyResult> properties,
        @Nullable SecuritySupport securitySupport,
        Duration duration) {

    /** How many folders, one within the other, a run's folder in its bundle is. */
    public static final int FOLDER_PARTS = 4;

    public RunResult {
        properties = List.copyOf(properties);
    }

    /** The same run with other results. */
    public RunResult with(List<PropertyResult> others) {
        return new RunResult(scenario, policy, monitor, seed, others, securitySupport, duration);
    }

    /** Whether nobody stands for the isolation of the monitor that it ran on. */
    public boolean isOnNoBoundary() {
        return securitySupport != null
                && securitySupport.claim() == SecuritySupport.Claim.NO_BOUNDARY;
    }

    /** The run's folder in its bundle, with forward slashes. */
    public String folder() {
        return folder(scenario, policy, monitor, seed);
    }

    /** The folder of such a run in its bundle, with forward slashes. */
    public static String folder(String scenario, String policy, String monitor, long seed) {
        return "%s/%s/%s/seed-%d".formatted(scenario, policy, monitor, seed);
    }
}
