package cofferdam.monitor.emulated;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.MonitorPolicy;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A running emulated host. */
final class EmulatedHost implements Host {

    private final HostSetup setup;
    private final VirtualTime time = new VirtualTime();
    private final Storage storage;
    private final NetworkAssembly network;
    private boolean open = true;

    EmulatedHost(HostSetup setup) {
        this.setup = setup;
        storage = new Storage(setup, time);
        network = new NetworkAssembly(setup, time, storage);
        for (Machine machine : network.machines()) {
            setup.evidence()
                    .record(new Event.MachineStarted(
                            time.now(), machine.name(), machine.address(), machine.mac()));
        }
        if (!setup.disks().isEmpty()) {
            storage.install();
        }
    }

    @Override
    public List<Machine> machines() {
        return network.machines();
    }

    @Override
    public String absence(String name) {
        if (setup.policy().monitor().type() == MonitorPolicy.Type.PHYSICAL) {
            return "separate physical machines have no machine '%s'".formatted(name);
        }
        return "the emulated host has no machine '%s'".formatted(name);
    }

    @Override
    public void keepImages(String moment) {
        storage.keepImages(moment);
    }

    @Override
    public Timeline timeline() {
        return time;
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        if (!open) {
            throw new IllegalStateException("the host is closed");
        }
        return time.await(condition, limit);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            network.recordDrops();
        }
    }
}
