package cofferdam.monitor.computer;

import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.device.Boards;
import cofferdam.monitor.device.Bus;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.guest.kernel.GuestKernel;
import cofferdam.monitor.memory.HostMemory;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.schedule.Processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * The memory and the processor of a host, and the computers that share them; separate computers share
 * nothing.
 */
public final class Room implements AutoCloseable {

    /** Who records what only the monitor knows. */
    static final String MONITOR = "monitor";

    /** Keeps the computers' choices apart from the network's and the disks'. */
    private static final long STREAM = 0x3e3_0e1f_00d5_5eedL;

    private final Policy policy;
    private final Timeline timeline;
    private final Site site;
    private final Optional<ImageFile> swap;
    private final long bytes;
    private final SplittableRandom random;
    private final List<HostMemory> memories = new ArrayList<>();
    private final List<Computer> computers = new ArrayList<>();
    private final Bus bus = Boards.host();
    private final Sampler sampler;

    /**
     * A room without computers.
     *
     * @param swap an empty file for the swapped pages, if the policy has swap
     */
    public Room(
            MemorySetup setup,
            Policy policy,
            Optional<ImageFile> swap,
            long seed,
            Timeline timeline,
            Evidence evidence) {
        this.policy = policy;
        this.timeline = timeline;
        this.swap = swap;
        site = new Site(timeline, evidence);
        bytes = setup.host();
        random = new SplittableRandom(seed ^ STREAM);
        sampler = new Sampler(site, computers, policy.monitor().consoleSeesMemory());
    }

    /** Whether each computer has its own memory and processor. */
    private boolean isSeparate() {
        return policy.monitor().type() == MonitorPolicy.Type.PHYSICAL;
    }

    private final List<Processor> processors = new ArrayList<>();

    /**
     * A computer, which is off.
     *
     * @param transferred tells how many bytes its disk has read and written in all
     */
    public Computer add(
            String name,
            long size,
            MacAddress mac,
            GuestKernel.IoPath io,
            LongSupplier transferred) {
        if (memories.isEmpty() || isSeparate()) {
            memories.add(new HostMemory(
                    isSeparate() ? size : bytes,
                    isSeparate() ? MemoryPolicy.ofSeparateMachine() : policy.memory(),
                    isSeparate() ? Optional.empty() : swap,
                    timeline,
                    random.split()));
            processors.add(new Processor(timeline, policy.processor()));
        }
        Computer computer = new Computer(
                new Computer.Parts(
                        name,
                        size,
                        mac,
                        policy.devices(),
                        bus,
                        policy.memory().sharesOf(name),
                        memories.getLast(),
                        processors.getLast(),
                        io,
                        transferred,
                        random.split()),
                site);
        computers.add(computer);
        return computer;
    }

    /** Begins to record how memory is used. */
    public void watch() {
        sampler.start(isSeparate() ? Optional.empty() : memories.stream().findFirst());
    }

    /** What users and administrators of a computer can do with its memory. */
    public ComputerCapabilities capabilities(Computer computer) {
        return new ComputerCapabilities(computer, site, !isSeparate());
    }

    @Override
    public void close() {
        memories.forEach(HostMemory::close);
    }
}
