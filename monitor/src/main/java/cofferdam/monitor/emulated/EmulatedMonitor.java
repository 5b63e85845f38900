package cofferdam.monitor.emulated;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;

/** The emulated host: real frames, virtual time, nothing outside this process. */
public final class EmulatedMonitor implements Monitor {

    @Override
    public String name() {
        return "emulated";
    }

    @Override
    public String summary() {
        return "the built-in host: real frames on virtual time, nothing outside this process";
    }

    @Override
    public Host start(HostSetup setup) {
        return new EmulatedHost(setup);
    }
}
