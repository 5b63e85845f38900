package cofferdam.monitor.emulated;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.SecuritySupport;

import java.util.List;
import java.util.Optional;

/** The emulated host: real frames, virtual time, nothing outside this process. */
public final class EmulatedMonitor implements Monitor {

    /** A monitor that has started nothing yet. */
    public EmulatedMonitor() {}

    @Override
    public String name() {
        return "emulated";
    }

    @Override
    public String summary() {
        return "the built-in host: real frames on virtual time, nothing outside this process";
    }

    @Override
    public SecuritySupport securitySupport() {
        return new SecuritySupport(
                SecuritySupport.Claim.MODEL,
                "The emulated host models configurations; it isolates nobody and tests no product.",
                "SECURITY.md");
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Host start(HostSetup setup) throws RefusedSetupException {
        refuseUnknownNetworks(setup);
        return started(new EmulatedHost(setup, new VirtualTime(), List.of()));
    }

    /** Starts a host, or closes it. */
    static EmulatedHost started(EmulatedHost host) throws RefusedSetupException {
        try {
            host.start();
            return host;
        } catch (RefusedSetupException | RuntimeException e) {
            host.close();
            throw e;
        }
    }

    private static void refuseUnknownNetworks(HostSetup setup) throws RefusedSetupException {
        if (!setup.network().networks().isEmpty()
                && !setup.policy().network().vlan().on()) {
            throw new RefusedSetupException(
                    "virtual LANs are asked for, and the policy's network knows none");
        }
    }
}
