package cofferdam.scenarios.comparison;

import cofferdam.attacks.Attack;
import cofferdam.attacks.Attacks;
import cofferdam.attacks.Boundary;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Step;

/**
 * Puts presets in place of what a scenario cannot ask a policy for, before it is run. A run cannot
 * depend on what it was not given, so policies that are equal under the mask give the same run, and
 * one run serves all of them.
 *
 * <p>Disks are masked where there are no images and no swap file; memory, processor, devices and
 * management where no machine has memory, for they are about machines that have it. The network is
 * masked on trial where no step and no attack of the scenario is about it: such an outcome counts only
 * if it was silent, because a fabric acts on frames and on wishes of interfaces and on nothing else.
 */
final class Mask {

    private static final String NAME = "masked";

    private static final Policy PRESETS = Policies.presets();

    private final Scenario scenario;

    Mask(Scenario scenario) {
        this.scenario = scenario;
    }

    /** The policy without what a run of the scenario has no use for. */
    Policy of(Policy policy) {
        Policy masked = policy.configurationAs(NAME);
        if (!hasFiles(policy)) {
            masked = masked.withDisk(PRESETS.disk());
        }
        return hasMemory() ? masked : masked.withHostOf(PRESETS);
    }

    /** The same without its network, for a run that is expected to be silent. */
    Policy withoutNetwork(Policy policy) {
        return of(policy).withNetwork(PRESETS.network());
    }

    /** Whether the scenario says nothing of the network, so that it may be silent. */
    boolean maybeSilent() {
        boolean plain = !scenario.network().ipv6()
                && !scenario.network().dhcp()
                && scenario.network().networks().isEmpty();
        return plain && scenario.steps().stream().noneMatch(Mask::isOfNetwork);
    }

    private static boolean isOfNetwork(Step step) {
        return switch (step) {
            case Step.Probe probe -> true;
            case Step.Ping ping -> true;
            case Step.Login login -> true;
            case Step.Lease lease -> true;
            case Step.Load load -> true;
            case Step.SetCable cable -> true;
            case Step.Start start -> Attacks.named(start.attack())
                    .map(Attack::boundary)
                    .filter(boundary -> boundary == Boundary.NETWORK)
                    .isPresent();
            case Step.Stop stop -> false;
            case Step.Wait pause -> false;
            case Step.DiskStep disk -> false;
            case Step.MemoryStep memory -> false;
        };
    }

    private boolean hasMemory() {
        return !scenario.memory().guests().isEmpty()
                || scenario.steps().stream()
                        .anyMatch(step ->
                                step instanceof Step.MemoryStep || step instanceof Step.Load);
    }

    private boolean hasFiles(Policy policy) {
        boolean swaps = policy.memory().swap() != MemoryPolicy.Swap.NONE
                && policy.monitor().type() != MonitorPolicy.Type.PHYSICAL;
        return !scenario.disks().isEmpty()
                || (hasMemory() && swaps)
                || scenario.steps().stream().anyMatch(Step.Attach.class::isInstance);
    }
}
