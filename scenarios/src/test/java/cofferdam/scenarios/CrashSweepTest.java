package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Endpoint;
import cofferdam.monitor.GuestFiles;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostProcesses;
import cofferdam.monitor.HostProcesses.HostProcess;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Offer;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.Programs;
import cofferdam.monitor.RunningSystem;
import cofferdam.monitor.RunningSystem.Sabotage;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.recording.RecordedEvidence;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A guest that computes, talks, saves files and leaks memory is destroyed at the time of every event
 * of its run, in every way there is; what its neighbour computes is the same each time.
 */
class CrashSweepTest {

    private static final Duration LIFE = Duration.ofMillis(5500);
    private static final long MEBIBYTE = 1L << 20;
    private static final Canary SECRET = Canary.of(1, 2);

    /** A beat may wait for what the processor is busy with, and no longer. */
    private static final Duration TOLERANCE = Duration.ofMillis(20);

    @ParameterizedTest
    @CsvSource({
        "virtual-server-1.0, HANG",
        "virtual-server-1.0, TRIPLE_FAULT",
        "virtual-server-1.0, REMOVED",
        "esx-1.5.2, HANG",
        "esx-1.5.2, OVERWRITE_KERNEL",
        "esx-1.5.2, REMOVE_ESSENTIAL_FILES",
        "hardened, KILL_INIT",
        "physical, HANG"
    })
    void whateverBecomesOfAGuestItsNeighbourComputesTheSame(String policy, String way)
            throws Exception {
        List<Event> undisturbed = live(policy, Duration.ofDays(1), host -> {});
        List<Event.Heartbeat> expected = beats(undisturbed, "vm2");
        assertThat(expected).hasSizeGreaterThanOrEqualTo(5);
        for (long time : times(undisturbed)) {
            Duration when = Duration.ofNanos(time);
            List<Event> events = live(policy, when, host -> destroy(host, way));

            assertDestroyed(events, when);
            assertSame(beats(events, "vm2"), expected, when);
            assertSecretKept(events, when);
        }
    }

    /** All times at which something of the first guest is told, since the host's start. */
    private static SortedSet<Long> times(List<Event> events) {
        long first = events.getFirst().time();
        SortedSet<Long> times = new TreeSet<>();
        events.stream()
                .filter(event -> event.actor().equals("vm1"))
                .forEach(event -> times.add(event.time() - first));
        assertThat(times).hasSizeGreaterThan(12);
        return times;
    }

    private static List<Event> live(String policy, Duration when, Consumer<Host> deed)
            throws Exception {
        RecordedEvidence evidence = new RecordedEvidence();
        SortedMap<String, Long> sizes = new TreeMap<>();
        sizes.put("vm1", 8 * MEBIBYTE);
        sizes.put("vm2", 8 * MEBIBYTE);
        SortedMap<String, Long> disks = new TreeMap<>();
        disks.put("vm1", 2 * MEBIBYTE);
        try (Host host = Monitors.all()
                .getFirst()
                .start(new HostSetup(
                        Policies.builtIn(policy).orElseThrow(),
                        Wiring.LOCAL,
                        NetworkSetup.PLAIN,
                        disks,
                        new MemorySetup(16 * MEBIBYTE, sizes),
                        7,
                        evidence))) {
            host.timeline().after(when, () -> deed.accept(host));
            work(host);
            host.await(() -> false, LIFE);
            programs(host, "vm2").recall();
        }
        return evidence.events();
    }

    /** What the guests do: much is known to fail once one of them is destroyed. */
    private static void work(Host host) {
        programs(host, "vm2").remember(SECRET, 100);
        at(host, 300, () -> programs(host, "vm1").remember(SECRET, 50));
        at(
                host,
                700,
                () -> offered(host, "vm1", Endpoint.class)
                        .ping(
                                host.machine("source").orElseThrow(),
                                FlowId.of(3, 4),
                                3,
                                Duration.ofMillis(90)));
        at(host, 1200, () -> offered(host, "vm1", Programs.class).start(Programs.Stressor.MEMORY));
        at(
                host,
                1600,
                () -> offered(host, "vm1", GuestFiles.class).save("/home/alice/notes.txt", SECRET));
        at(host, 2300, () -> programs(host, "vm1").recall());
    }

    private static void at(Host host, long millis, Runnable work) {
        host.timeline().after(Duration.ofMillis(millis), work);
    }

    private static void destroy(Host host, String way) {
        try {
            if (way.equals("REMOVED")) {
                remove(offered(host, "host", HostProcesses.class));
            } else {
                offered(host, "vm1", RunningSystem.class).sabotage(Sabotage.valueOf(way));
            }
        } catch (IOException e) {
            throw new AssertionError("the guest was up", e);
        }
    }

    private static void remove(HostProcesses processes) throws IOException {
        HostProcess victim = processes.list().stream()
                .filter(process -> process.machine().equals("vm1"))
                .findFirst()
                .orElseThrow();
        HostProcesses.Resource memory = victim.resources().stream()
                .filter(resource -> resource.kind() == HostProcesses.Kind.MEMORY_MAP)
                .findFirst()
                .orElseThrow();
        processes.remove(victim.number(), memory);
    }

    /** Whatever was done came to the guest, or the sweep would show nothing. */
    private static void assertDestroyed(List<Event> events, Duration when) {
        long end = events.getFirst().time()
                + when.toNanos()
                + Duration.ofSeconds(2).toNanos();
        long latest = events.getFirst().time() + LIFE.minusSeconds(1).toNanos();
        if (end > latest) {
            return;
        }
        assertThat(beats(events, "vm1"))
                .as("destroyed after %s", when)
                .noneMatch(beat -> beat.time() > latest);
    }

    private static void assertSame(
            List<Event.Heartbeat> beats, List<Event.Heartbeat> expected, Duration when) {
        assertThat(beats.stream().map(Event.Heartbeat::outcome))
                .as("destroyed after %s", when)
                .containsExactlyElementsOf(
                        expected.stream().map(Event.Heartbeat::outcome).toList());
        for (int i = 0; i < beats.size(); i++) {
            long apart = Math.abs(beats.get(i).time() - expected.get(i).time());
            assertThat(Duration.ofNanos(apart))
                    .as("heartbeat %d, destroyed after %s", i + 1, when)
                    .isLessThan(TOLERANCE);
        }
    }

    private static void assertSecretKept(List<Event> events, Duration when) {
        assertThat(events)
                .as("destroyed after %s", when)
                .anyMatch(event -> event instanceof Event.SecretRecalled recalled
                        && recalled.actor().equals("vm2")
                        && recalled.outcome().equals(SECRET.value()))
                .noneMatch(event ->
                        event instanceof Event.MachineEnded && event.actor().equals("vm2"));
    }

    private static List<Event.Heartbeat> beats(List<Event> events, String machine) {
        List<Event.Heartbeat> beats = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.Heartbeat beat && beat.actor().equals(machine)) {
                beats.add(beat);
            }
        }
        return beats;
    }

    private static ProgramMemory programs(Host host, String machine) {
        return offered(host, machine, ProgramMemory.class);
    }

    private static <C extends Capability> C offered(Host host, String name, Class<C> kind) {
        Machine machine = host.machine(name).orElseThrow();
        Offer<C> offer = machine.offer(kind);
        return offer.orElseThrow(AssertionError::new);
    }
}
