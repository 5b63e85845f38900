package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.SecuritySupport;
import cofferdam.scenarios.Expectations;
import cofferdam.scenarios.Scenarios;

import java.util.List;
import java.util.Optional;

/**
 * What runs where nothing is named.
 *
 * @param scenarios names of scenarios and suites
 * @param policies their names
 * @param expectation what is expected of these
 */
record Presets(List<String> scenarios, List<String> policies, Optional<String> expectation) {

    /** The thesis of 2003, on models of what it tested. */
    static final Presets OF_MODELS = new Presets(
            List.of(Scenarios.CORE, Scenarios.NETWORK),
            List.of("physical", "esx-1.5.2", "virtual-server-1.0"),
            Optional.of(Expectations.THESIS_2003));

    /** Its core, without the control that has no monitor; it says nothing of other monitors. */
    static final Presets OF_REAL_GUESTS = new Presets(
            List.of(Scenarios.CORE), List.of("esx-1.5.2", "virtual-server-1.0"), Optional.empty());

    Presets {
        scenarios = List.copyOf(scenarios);
        policies = List.copyOf(policies);
    }

    /** Whether a monitor models those that policies are named after. */
    static boolean areOfModels(Monitor monitor) {
        return monitor.securitySupport().claim() == SecuritySupport.Claim.MODEL;
    }
}
