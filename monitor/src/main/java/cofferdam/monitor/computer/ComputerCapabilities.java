package cofferdam.monitor.computer;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Devices;
import cofferdam.monitor.MemoryControl;
import cofferdam.monitor.Offer;
import cofferdam.monitor.OwnMemory;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.Programs;
import cofferdam.monitor.RunningSystem;
import cofferdam.monitor.guest.kernel.GuestKernel;

import java.io.IOException;
import java.util.Optional;

/** What can be done with a computer's memory and programs. */
public final class ComputerCapabilities {

    private static final Programs.Execution ENDED = new Programs.Execution() {
        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public void stop() {
            // There is nothing to stop.
        }
    };

    private final Computer computer;
    private final Site site;
    private final boolean controlled;

    /** @param controlled whether a monitor stands between the computer and its memory */
    ComputerCapabilities(Computer computer, Site site, boolean controlled) {
        this.computer = computer;
        this.site = site;
        this.controlled = controlled;
    }

    /** The capability, or why there is none; empty if it has nothing to do with memory. */
    public <C extends Capability> Optional<Offer<C>> offer(Class<C> kind) {
        if (kind == Programs.class) {
            return available(kind, (Programs) this::start);
        }
        if (kind == ProgramMemory.class) {
            return available(kind, new UserMemory(computer, site));
        }
        if (kind == OwnMemory.class) {
            return available(kind, new RootsMemory(computer, site));
        }
        if (kind == RunningSystem.class) {
            return available(kind, (RunningSystem) sabotage -> require().sabotage(sabotage));
        }
        if (kind == Devices.class) {
            return Optional.of(computer.devices()
                    .<Offer<C>>map(devices -> new Offer.Available<>(kind.cast(devices)))
                    .orElseGet(() ->
                            new Offer.Missing<>("machine '%s' is off".formatted(computer.name()))));
        }
        if (kind == MemoryControl.class) {
            return controlled
                    ? available(kind, new AdministratorsMemory(computer, site))
                    : Optional.of(new Offer.Missing<>(
                            "no monitor stands between a computer and its memory"));
        }
        return Optional.empty();
    }

    /** On a machine that is down a program ends as soon as it is started. */
    private Programs.Execution start(Programs.Stressor stressor) {
        return computer.kernel().map(kernel -> kernel.start(stressor)).orElse(ENDED);
    }

    private GuestKernel require() throws IOException {
        return Downs.require(computer);
    }

    private static <C extends Capability> Optional<Offer<C>> available(
            Class<C> kind, Capability capability) {
        return Optional.of(new Offer.Available<>(kind.cast(capability)));
    }
}
