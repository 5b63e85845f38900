package cofferdam.monitor.computer;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.memory.HostMemory;
import cofferdam.monitor.memory.MemoryUsage;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Records at regular times how memory is used, as each who can look sees it. */
final class Sampler {

    private static final Duration INTERVAL = Duration.ofMillis(500);
    private static final String HOST = "host";

    private final Site site;
    private final List<Computer> computers;
    private final boolean consoleSees;
    private final Set<Computer> hung = new HashSet<>();

    /**
     * @param computers may grow
     * @param consoleSees whether the host's operating system sees the memory of each
     */
    Sampler(Site site, List<Computer> computers, boolean consoleSees) {
        this.site = site;
        this.computers = computers;
        this.consoleSees = consoleSees;
    }

    void start(Optional<HostMemory> host) {
        sample(host);
        site.timeline().after(INTERVAL, () -> start(host));
    }

    private void sample(Optional<HostMemory> host) {
        for (Computer computer : computers) {
            String name = computer.name();
            computer.kernel().ifPresent(kernel -> record(name, name, kernel.usage()));
            computer.memory().ifPresent(memory -> {
                record(Room.MONITOR, name, memory.usage());
                if (consoleSees) {
                    record(HOST, name, seen(memory.usage()));
                }
            });
            site.record(computer::resources);
            if (computer.hung() && hung.add(computer)) {
                site.record(time -> new Event.MachineEnded(
                        time, name, MachineEnd.HUNG, "runs and answers no interrupt"));
            }
        }
        host.ifPresent(memory -> record(Room.MONITOR, HOST, memory.usage()));
    }

    /** A host's operating system sees what a process has, not why. */
    private static MemoryUsage seen(MemoryUsage usage) {
        return new MemoryUsage(usage.size(), usage.frames(), usage.frames(), 0, 0, 0);
    }

    private void record(String actor, String subject, MemoryUsage usage) {
        site.record(time -> new Event.MemorySampled(
                time,
                actor,
                subject,
                usage.size(),
                usage.used(),
                usage.frames(),
                usage.shared(),
                usage.ballooned(),
                usage.swapped()));
    }
}
