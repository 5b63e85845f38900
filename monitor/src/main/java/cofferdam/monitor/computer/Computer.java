package cofferdam.monitor.computer;

import cofferdam.monitor.Devices;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.device.Boards;
import cofferdam.monitor.device.Bus;
import cofferdam.monitor.device.GuestDevices;
import cofferdam.monitor.device.NicRings;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.guest.kernel.GuestKernel;
import cofferdam.monitor.guest.kernel.RootFiles;
import cofferdam.monitor.guest.system.BootFailure;
import cofferdam.monitor.guest.system.GuestSystem;
import cofferdam.monitor.memory.Balloon;
import cofferdam.monitor.memory.CycleMeter;
import cofferdam.monitor.memory.GuestMemory;
import cofferdam.monitor.memory.HostMemory;
import cofferdam.monitor.memory.PhysicalMemory;
import cofferdam.monitor.policy.DevicesPolicy;
import cofferdam.monitor.schedule.Processor;
import cofferdam.monitor.schedule.VirtualProcessor;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A machine whose operating system lives in memory. Its interface's rings and its disk's buffers are
 * in the topmost pages, which its firmware keeps from the operating system.
 */
public final class Computer {

    /** In a microsecond. */
    private static final long NANOSECONDS = 1000;

    /** What a computer is made of. */
    record Parts(
            String name,
            long size,
            MacAddress mac,
            DevicesPolicy models,
            Bus hostBus,
            int shares,
            HostMemory host,
            Processor processor,
            GuestKernel.IoPath io,
            LongSupplier transferred,
            RandomGenerator random) {}

    private final Parts parts;
    private final Site site;
    private @Nullable Running running;

    Computer(Parts parts, Site site) {
        this.parts = parts;
        this.site = site;
    }

    /** What there is while it is on. */
    static final class Running implements Balloon, CycleMeter {

        private final GuestMemory memory;
        private @Nullable GuestKernel kernel;
        private @Nullable VirtualProcessor processor;
        private @Nullable NicRings rings;
        private @Nullable GuestDevices devices;
        private boolean ended;

        private Running(Parts parts) throws RefusedSetupException {
            memory = parts.host().configure(parts.name(), parts.size(), this, this);
        }

        GuestMemory memory() {
            return memory;
        }

        @Override
        public void charge(long cycles) {
            if (processor != null) {
                processor.charge(cycles);
            }
        }

        @Override
        public List<Integer> inflate(int pages) {
            return kernel == null || ended ? List.of() : kernel.inflate(pages);
        }

        @Override
        public List<Integer> deflate(int pages) {
            return kernel == null || ended ? List.of() : kernel.deflate(pages);
        }
    }

    /** Its name. */
    public String name() {
        return parts.name();
    }

    /** What it has used since the host started, as the monitor counts it. */
    Event.ResourcesSampled resources(long time) {
        long processor = parts.processor().used(parts.name())
                * NANOSECONDS
                / Processor.CYCLES_PER_MICROSECOND;
        return new Event.ResourcesSampled(
                time, Room.MONITOR, parts.name(), processor, parts.transferred().getAsLong());
    }

    /** Whether it has its memory. */
    public boolean isOn() {
        return running != null;
    }

    /** Whether its operating system works. */
    public boolean isUp() {
        return kernel().isPresent();
    }

    /** The operating system, while it works. */
    Optional<GuestKernel> kernel() {
        Running now = running;
        return now == null || now.ended
                ? Optional.empty()
                : Optional.ofNullable(now.kernel).filter(GuestKernel::up);
    }

    /** Its memory while it is on. */
    public Optional<GuestMemory> memory() {
        return Optional.ofNullable(running).map(Running::memory);
    }

    /** Its buses while it is on. */
    Optional<Devices> devices() {
        return Optional.ofNullable(running).flatMap(now -> Optional.ofNullable(now.devices));
    }

    /**
     * Works off a request of its page service.
     *
     * @return false if nobody will answer
     */
    public boolean serve(int request, Runnable answered) {
        return kernel().filter(kernel -> kernel.serve(request, answered)).isPresent();
    }

    /**
     * Gives it memory; does nothing while it has it.
     *
     * @throws RefusedSetupException if the host has not that much for it
     */
    public void allocate() throws RefusedSetupException {
        if (running != null) {
            return;
        }
        Running now = new Running(parts);
        running = now;
        GuestMemory memory = now.memory;
        site.record(time -> new Event.MemoryConfigured(
                time,
                Room.MONITOR,
                name(),
                memory.size(),
                memory.limit(),
                memory.reservation(),
                parts.shares()));
        Bus bus = Boards.machine(
                parts.models(), memory, parts.mac(), site.timeline()::now, parts.hostBus());
        bus.describe(site.timeline().now(), name()).forEach(site.evidence()::record);
        now.devices =
                new GuestDevices(name(), bus, this::isUp, site.timeline()::now, site.evidence());
        now.rings = new NicRings(memory, Math.toIntExact(lower() / PhysicalMemory.PAGE));
    }

    /** Where the buffer of its disk begins; it ends with the memory. */
    public long diskBuffer() {
        return parts.size() - (long) DISK_PAGES * PhysicalMemory.PAGE;
    }

    private static final int DISK_PAGES = 16;

    private long lower() {
        return diskBuffer() - (long) NicRings.pagesNeeded() * PhysicalMemory.PAGE;
    }

    /**
     * Boots from its disk, or from what its firmware loads if it has none.
     *
     * @throws BootFailure if it does not come up
     */
    public void boot(Optional<GuestSystem> disk) throws BootFailure {
        Running now = running;
        if (now == null) {
            throw new IllegalStateException("%s has no memory".formatted(name()));
        }
        RootFiles files = disk.<RootFiles>map(DiskFiles::new).orElseGet(RamFiles::new);
        GuestKernel kernel = new GuestKernel(
                new GuestKernel.Hardware(
                        name(),
                        new LowerMemory(now.memory, lower()),
                        files,
                        parts.io(),
                        site.timeline(),
                        () -> now.processor == null ? 0 : now.processor.cycles(),
                        () -> {
                            if (now.processor != null) {
                                now.processor.wake();
                            }
                        }),
                parts.random(),
                site.evidence()::record,
                end -> now.ended = true);
        now.kernel = kernel;
        now.processor = parts.processor().attach(name(), kernel, failure -> fail(now, failure));
        kernel.boot();
    }

    private void fail(Running now, RuntimeException failure) {
        if (running == now) {
            kill(String.valueOf(failure.getMessage()));
        }
    }

    /** What the monitor runs for it is gone; its memory stays until it is switched off. */
    public void kill(String why) {
        Running now = running;
        if (now == null || now.ended) {
            return;
        }
        silence(now);
        site.record(time -> new Event.MachineEnded(time, name(), MachineEnd.KILLED, why));
    }

    /** Switches it off; its memory goes back to the host as it is. */
    public void stop() {
        Running now = running;
        if (now == null) {
            return;
        }
        silence(now);
        String frames = now.memory.frames();
        now.memory.release();
        running = null;
        site.record(
                time -> new Event.FramesReleased(time, Room.MONITOR, name(), "release", frames));
    }

    private static void silence(Running now) {
        now.ended = true;
        if (now.kernel != null) {
            now.kernel.halt();
        }
        if (now.processor != null) {
            now.processor.detach();
        }
    }

    /** Whether it spins and serves nobody, which only those outside can notice. */
    boolean hung() {
        return kernel().filter(GuestKernel::hung).isPresent();
    }

    /**
     * Its interface puts a frame from the wire into its memory.
     *
     * @return the frame as its driver takes it out; empty if there was no buffer or no driver
     */
    public Optional<byte[]> receive(byte[] frame) {
        Running now = running;
        if (now == null || now.rings == null || !now.rings.receive(frame) || !isUp()) {
            return Optional.empty();
        }
        return now.rings.take();
    }

    /**
     * Its driver puts a frame into its memory.
     *
     * @return the frame as its interface takes it out; empty while it is down
     */
    public Optional<byte[]> transmit(byte[] frame) {
        Running now = running;
        return now == null || now.rings == null || !isUp()
                ? Optional.empty()
                : Optional.of(now.rings.transmit(frame)).filter(sent -> sent.length > 0);
    }
}
