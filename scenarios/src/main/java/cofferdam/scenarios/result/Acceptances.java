package cofferdam.scenarios.result;

import cofferdam.monitor.policy.Acceptance;
import cofferdam.monitor.policy.Policy;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/** Which violations a policy's owner accepts. */
public final class Acceptances {

    private static final String EVERY_SCENARIO = "*";

    private Acceptances() {}

    /**
     * The acceptance of a violation of the property in the scenario, if there is one; of several
     * the one that lasts longest.
     */
    public static Optional<Acceptance> of(Policy policy, String scenario, String property) {
        return policy.accepted().stream()
                .filter(acceptance -> covers(acceptance, scenario, property))
                .max(Comparator.comparing(each -> each.until().orElse(LocalDate.MAX)));
    }

    private static boolean covers(Acceptance acceptance, String scenario, String property) {
        return acceptance.property().equals(property)
                && (acceptance.scenario().equals(EVERY_SCENARIO)
                        || acceptance.scenario().equals(scenario));
    }
}
