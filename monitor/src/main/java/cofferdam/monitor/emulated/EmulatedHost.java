package cofferdam.monitor.emulated;

import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.RunningTime;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.computer.Room;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.host.HostSystem;
import cofferdam.monitor.policy.MonitorPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** A running emulated host. */
final class EmulatedHost implements Host {

    /** Keeps the console's choices apart from all others. */
    private static final long CONSOLE_STREAM = 0xc0_50_1e_5e_ed_00_00_01L;

    private final HostSetup setup;
    private final RunningTime time;
    private final Storage storage;
    private final Room room;
    private final @Nullable HostSystem console;
    private final NetworkAssembly network;
    private boolean open = true;

    /** @param ports for whoever is outside this process, on the guests' fabric or beside Source */
    EmulatedHost(HostSetup setup, RunningTime time, List<OutsidePort> ports) {
        this.setup = setup;
        this.time = time;
        storage = new Storage(setup, time);
        room = new Room(
                setup.memory(),
                setup.policy(),
                storage.swapFile(),
                setup.seed(),
                time,
                setup.evidence());
        console = console();
        network = new NetworkAssembly(setup, time, storage, room, console, ports);
    }

    /**
     * Installs and starts the machines.
     *
     * @throws RefusedSetupException if the host has no memory for them
     */
    void start() throws RefusedSetupException {
        for (Machine machine : network.machines()) {
            setup.evidence()
                    .record(new Event.MachineStarted(
                            time.now(), machine.name(), machine.address(), machine.mac()));
        }
        recordNetworks();
        if (console != null) {
            console.boot();
        }
        if (!setup.disks().isEmpty()) {
            storage.install();
        }
        for (MachineStart machine : network.starts()) {
            if (machine.isPossible()) {
                machine.start();
            }
        }
        network.startStacks();
        if (!setup.memory().guests().isEmpty()) {
            room.watch();
        }
    }

    /** Who should be kept apart from whom, whether or not the policy has any means of it. */
    private void recordNetworks() {
        for (Machine machine : network.machines()) {
            Integer joined = setup.network().networks().get(machine.name());
            if (joined != null) {
                setup.evidence()
                        .record(new Event.NetworkJoined(time.now(), machine.name(), joined));
            }
        }
    }

    /** The host's own operating system, where there is a host and machines whose memory matters. */
    private @Nullable HostSystem console() {
        if (setup.policy().monitor().type() == MonitorPolicy.Type.PHYSICAL
                || setup.memory().guests().isEmpty()) {
            return null;
        }
        return new HostSystem(
                Inhabitant.HOST.name(),
                setup.policy().monitor(),
                setup.policy().management(),
                time,
                setup.evidence(),
                new SplittableRandom(setup.seed() ^ CONSOLE_STREAM));
    }

    NetworkAssembly network() {
        return network;
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
            room.close();
        }
    }
}
