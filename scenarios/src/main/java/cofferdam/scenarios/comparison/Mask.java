package cofferdam.scenarios.comparison;

import cofferdam.attacks.Attack;
import cofferdam.attacks.Attacks;
import cofferdam.attacks.Boundary;
import cofferdam.monitor.policy.DiskPolicy;
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
 * <p>Disks are masked where there are no images, but for what concerns a swap file; memory, processor, devices and
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
        if (!hasImages()) {
            masked = masked.withDisk(hasSwapFile(policy) ? ofFiles(policy.disk()) : PRESETS.disk());
        }
        return hasMemory()
                ? masked
                : masked.withHostOf(PRESETS).withMonitor(withoutConsole(policy.monitor()));
    }

    /**
     * Without machines that have memory there is no console operating system; of the kind of monitor
     * it then matters whether there is one, and where the shared interface is.
     */
    private static MonitorPolicy withoutConsole(MonitorPolicy monitor) {
        boolean physical = monitor.type() == MonitorPolicy.Type.PHYSICAL;
        return new MonitorPolicy(
                physical ? MonitorPolicy.Type.PHYSICAL : MonitorPolicy.Type.TYPE_I,
                monitor.consoleSeesNic(),
                /* consoleSeesMemory= */ false,
                /* consoleSeesProcess= */ false);
    }

    /**
     * The same without its network, for a run that is expected to be silent; and without the host's
     * view of the shared interface, if nobody attacks from the host.
     */
    Policy withoutNetwork(Policy policy) {
        Policy masked = of(policy).withNetwork(PRESETS.network());
        MonitorPolicy monitor = masked.monitor();
        return scenario.steps().stream().anyMatch(step -> isAttackOn(step, Boundary.HOST))
                ? masked
                : masked.withMonitor(new MonitorPolicy(
                        monitor.type(),
                        /* consoleSeesNic= */ false,
                        monitor.consoleSeesMemory(),
                        monitor.consoleSeesProcess()));
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
            case Step.Start start -> isAttackOn(start, Boundary.NETWORK);
            case Step.Stop stop -> false;
            case Step.Wait pause -> false;
            case Step.DiskStep disk -> false;
            case Step.MemoryStep memory -> false;
        };
    }

    private static boolean isAttackOn(Step step, Boundary boundary) {
        return step instanceof Step.Start start
                && Attacks.named(start.attack())
                        .map(Attack::boundary)
                        .filter(crossed -> crossed == boundary)
                        .isPresent();
    }

    private boolean hasMemory() {
        return !scenario.memory().guests().isEmpty()
                || scenario.steps().stream()
                        .anyMatch(step ->
                                step instanceof Step.MemoryStep || step instanceof Step.Load);
    }

    private boolean hasImages() {
        return !scenario.disks().isEmpty()
                || scenario.steps().stream().anyMatch(Step.Attach.class::isInstance);
    }

    private boolean hasSwapFile(Policy policy) {
        return hasMemory()
                && policy.memory().swap() != MemoryPolicy.Swap.NONE
                && policy.monitor().type() != MonitorPolicy.Type.PHYSICAL;
    }

    /** What matters to a file that is no image: space, access and pace, not how images are made. */
    private static DiskPolicy ofFiles(DiskPolicy disk) {
        DiskPolicy preset = PRESETS.disk();
        return new DiskPolicy(
                preset.format(),
                preset.encryption(),
                preset.integrity(),
                disk.zeroOnAllocate(),
                preset.probeFormat(),
                disk.lock(),
                disk.rateLimit());
    }
}
