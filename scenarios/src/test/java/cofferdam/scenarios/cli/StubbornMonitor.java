package cofferdam.scenarios.cli;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.SecuritySupport;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.monitor.yaml.InvalidFileException;

import java.util.List;
import java.util.Optional;

/**
 * The emulated host under another name: it has some settings otherwise than it is asked, as real
 * monitors do.
 *
 * @param changes what it has instead
 * @param confessed the settings that it says it does not enforce, each with what it says of it
 * @param broken whether it fails instead of starting
 */
record StubbornMonitor(
        String name,
        List<PolicyChange> changes,
        List<PolicyChange> confessed,
        Optional<String> unavailable,
        boolean broken)
        implements Monitor {

    static final SecuritySupport SUPPORT = new SecuritySupport(
            SecuritySupport.Claim.NO_BOUNDARY,
            "Its makers call it no security boundary.",
            "its manual");

    /** One that has these settings otherwise, and says so. */
    static StubbornMonitor with(String name, PolicyChange... changes) {
        return new StubbornMonitor(
                name, List.of(changes), List.of(changes), Optional.empty(), false);
    }

    /** One that has these settings otherwise, and says other things of itself. */
    StubbornMonitor saying(PolicyChange... told) {
        return new StubbornMonitor(name, changes, List.of(told), unavailable, broken);
    }

    @Override
    public String summary() {
        return "a fake";
    }

    @Override
    public SecuritySupport securitySupport() {
        return SUPPORT;
    }

    @Override
    public boolean repeatable() {
        return false;
    }

    @Override
    public Host start(HostSetup setup) throws RefusedSetupException {
        if (broken) {
            throw new LinkageError("no such library");
        }
        try {
            Host host = Monitors.all()
                    .getFirst()
                    .start(new HostSetup(
                            PolicyKeys.with(setup.policy(), changes),
                            setup.wiring(),
                            setup.network(),
                            setup.disks(),
                            setup.memory(),
                            setup.seed(),
                            setup.evidence()));
            for (PolicyChange told : confessed) {
                setup.evidence()
                        .record(new Event.SettingNotEnforced(
                                host.timeline().now(), "monitor", told.key(), told.value()));
            }
            return host;
        } catch (InvalidFileException contradictory) {
            throw new IllegalStateException(contradictory);
        }
    }
}
