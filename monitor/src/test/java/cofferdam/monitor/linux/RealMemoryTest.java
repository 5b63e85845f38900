package cofferdam.monitor.linux;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Machine;
import cofferdam.monitor.MemorySetup;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.ProgramMemory;
import cofferdam.monitor.Programs;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.Requirement;
import cofferdam.monitor.RunningSystem;
import cofferdam.monitor.RunningSystem.Sabotage;
import cofferdam.monitor.Tool;
import cofferdam.monitor.Wiring;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Direction;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;
import cofferdam.monitor.evidence.MachineEnd;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.VantageCapture;
import cofferdam.monitor.initramfs.BusyBox;
import cofferdam.monitor.initramfs.GuestKernels;
import cofferdam.monitor.policy.Policies;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a real guest of User-mode Linux does with its memory, from its start to its kernel's end. */
@Timeout(180)
final class RealMemoryTest {

    private static final Canary SECRET = Canary.of(3, 4);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MEMORY = 8L << 20;

    private final List<Event> events = new ArrayList<>();

    @Test
    void aGuestKeepsASecretRunsOutOfMemoryAndPanics() throws Exception {
        Tool.named("linux.uml");
        Requirement.of(BusyBox::installed);
        Requirement.of(GuestKernels.ofUser()::userMode);
        try (Host host = Monitors.named("uml").orElseThrow().start(setup())) {
            Machine machine = host.machines().stream()
                    .filter(one -> one.name().equals("vm1"))
                    .findFirst()
                    .orElseThrow();
            keepASecret(machine);
            runOutOfMemory(host, machine);
            recallTheSecret(machine);
            endTheFirstProcess(host, machine);
        }
    }

    private void keepASecret(Machine machine) {
        capability(machine, ProgramMemory.class).remember(SECRET, 64);
        assertThat(all(Event.SecretRemembered.class))
                .extracting(Event.SecretRemembered::detail)
                .containsExactly("");
    }

    private void runOutOfMemory(Host host, Machine machine) {
        Programs.Execution leak = capability(machine, Programs.class).start(Stressor.MEMORY);
        assertThat(host.await(leak::ended, PATIENCE)).isTrue();
        assertThat(all(Event.ProcessEnded.class))
                .extracting(Event.ProcessEnded::subject, Event.ProcessEnded::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("leak", ProcessEnd.OUT_OF_MEMORY));
        long size = all(Event.MemoryConfigured.class).getFirst().size();
        assertThat(all(Event.MemorySampled.class))
                .anyMatch(sample -> sample.actor().equals("vm1")
                        && sample.swapped() > 0
                        && sample.used() > size / 10 * 9);
        assertThat(all(Event.MemorySampled.class))
                .filteredOn(sample -> sample.actor().equals("monitor"))
                .allMatch(sample -> sample.used() <= size)
                .anyMatch(sample -> sample.used() > size / 10 * 8);
    }

    private void recallTheSecret(Machine machine) {
        capability(machine, ProgramMemory.class).recall();
        assertThat(all(Event.SecretRecalled.class))
                .extracting(Event.SecretRecalled::outcome)
                .containsExactly(SECRET.value());
    }

    private void endTheFirstProcess(Host host, Machine machine) throws Exception {
        RunningSystem system = capability(machine, RunningSystem.class);
        assertThat(system.cannot(Sabotage.TRIPLE_FAULT)).isPresent();
        system.sabotage(Sabotage.KILL_INIT);
        assertThat(host.await(() -> !all(Event.MachineEnded.class).isEmpty(), PATIENCE))
                .isTrue();
        assertThat(all(Event.MachineEnded.class).getFirst().outcome()).isEqualTo(MachineEnd.PANIC);
        int beats = all(Event.Heartbeat.class).size();
        assertThat(beats).isPositive();
        host.await(() -> false, Duration.ofSeconds(2));
        assertThat(all(Event.Heartbeat.class)).hasSize(beats);
    }

    private <E extends Event> List<E> all(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <C extends Capability> C capability(Machine machine, Class<C> kind) {
        return machine.offer(kind).orElseThrow(AssertionError::new);
    }

    private HostSetup setup() throws Exception {
        return new HostSetup(
                Policies.builtIn("virtual-server-1.0").orElseThrow(),
                Wiring.LOCAL,
                NetworkSetup.PLAIN,
                new TreeMap<>(),
                new MemorySetup(MEMORY, new TreeMap<>(Map.of("vm1", MEMORY))),
                1,
                new Kept());
    }

    /** Keeps the events, and no frames. */
    private final class Kept implements Evidence, VantageCapture {

        @Override
        public void record(Event event) {
            events.add(event);
        }

        @Override
        public VantageCapture capture(String vantage) {
            return this;
        }

        @Override
        public int addInterface(String name, String description, MacAddress address) {
            return 0;
        }

        @Override
        public void frame(
                int interfaceNumber,
                long time,
                Direction direction,
                byte[] bytes,
                int offset,
                int length) {
            // Frames are not what this is about.
        }

        @Override
        public void image(String moment, String name, byte[] bytes, List<Integer> space) {
            throw new AssertionError("there are no disks");
        }

        @Override
        public String deviceRead(String machine, byte[] bytes) {
            throw new AssertionError("there are no disks");
        }

        @Override
        public String memoryRead(String reader, byte[] bytes) {
            throw new AssertionError("nobody reads memory");
        }
    }
}
