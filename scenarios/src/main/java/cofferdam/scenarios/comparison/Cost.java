package cofferdam.scenarios.comparison;

import java.util.List;

/**
 * What a policy costs those who are on good terms.
 *
 * @param policy its name
 * @param traffic of all scenarios together
 * @param connectivityLost the scenarios in which {@code connectivity} was violated
 * @param losses of each scenario in which exchanges failed
 */
public record Cost(
        String policy, Traffic traffic, List<String> connectivityLost, List<Loss> losses) {

    public Cost {
        connectivityLost = List.copyOf(connectivityLost);
        losses = List.copyOf(losses);
    }

    /** Exchanges that failed in one scenario. */
    public record Loss(String scenario, int lost, int begun) {}
}
