package cofferdam.scenarios.comparison;

import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;

/** One scenario under one policy. */
public record Trial(Scenario scenario, Policy policy) {}
