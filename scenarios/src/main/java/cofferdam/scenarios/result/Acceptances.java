package cofferdam.scenarios.result;

import cofferdam.monitor.policy.Acceptance;
import cofferdam.monitor.policy.Policy;

import java.util.Optional;

/** Which violations a policy's owner accepts. */
public final class Acceptances {

    private static final String EVERY_SCENARIO = "*";

    private Acceptances() {}

    /** Why a violation of the property in the scenario is accepted, if it is. */
    public static Optional<String> reason(Policy policy, String scenario, String property) {
        return policy.accepted().stream()
                .filter(acceptance -> covers(acceptance, scenario, property))
                .map(Acceptance::reason)
                .findFirst();
    }

    private static boolean covers(Acceptance acceptance, String scenario, String property) {
        return acceptance.property().equals(property)
                && (acceptance.scenario().equals(EVERY_SCENARIO)
                        || acceptance.scenario().equals(scenario));
    }
}
