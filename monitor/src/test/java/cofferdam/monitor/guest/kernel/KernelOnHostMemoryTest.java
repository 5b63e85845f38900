package cofferdam.monitor.guest.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.Programs.Execution;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.ProcessEnd;
import cofferdam.monitor.evidence.Sha256;
import cofferdam.monitor.guest.kernel.GuestKernel.Hardware;
import cofferdam.monitor.memory.Balloon;
import cofferdam.monitor.memory.GuestMemory;
import cofferdam.monitor.memory.HostMemory;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Guests on a host that has not enough memory for them: it shares, balloons and swaps. */
class KernelOnHostMemoryTest {

    private static final long GUEST = 8L << 20;
    private static final Duration STEP = Duration.ofMillis(10);

    private final Workbench clock = new Workbench(4);

    @Test
    void keepsWhatItHasWhateverTheHostDoesWithItsMemory() throws Exception {
        MemoryPolicy policy = new MemoryPolicy(
                Sharing.INTER_VM,
                new TreeMap<>(),
                20_000,
                200,
                100,
                0,
                new TreeMap<>(),
                true,
                Swap.ENCRYPTED,
                false,
                false,
                false);
        MemoryFile swap = new MemoryFile();
        try (HostMemory host = new HostMemory(
                2 * GUEST - (4L << 20),
                policy,
                Optional.of(swap),
                clock,
                new SplittableRandom(5))) {
            Guest first = new Guest(host, "vm1", 1);
            Guest second = new Guest(host, "vm2", 2);
            List<Guest> guests = List.of(first, second);
            Execution leak = first.kernel.start(Stressor.MEMORY);
            Canary secret = Canary.of(3, 4);
            second.kernel.remember(secret, 50);

            boolean shared = false;
            boolean ballooned = false;
            boolean swapped = false;
            for (int step = 0; step < 1_500; step++) {
                pass(guests);
                if (step % 100 == 50) {
                    second.memory.reclaim(1 << 20, step % 200 == 50 ? Means.BALLOON : Means.SWAP);
                    ballooned |= second.kernel.usage().ballooned() > 0;
                }
                shared |= second.memory.usage().shared() > 0;
                swapped |= second.memory.usage().swapped() > 0;
            }

            assertThat(List.of(shared, ballooned, swapped)).containsOnly(true);
            assertThat(leak.ended()).isTrue();
            assertThat(first.ended()).containsExactly(ProcessEnd.OUT_OF_MEMORY);
            assertThat(second.ended()).isEmpty();
            assertThat(second.kernel.recall()).isEqualTo(secret.value());
            for (Guest guest : guests) {
                assertThat(guest.kernel.up()).isTrue();
                guest.assertBeatsFollowTheChain(15);
            }
        }
    }

    private void pass(List<Guest> guests) {
        clock.pass(STEP);
        for (Guest guest : guests) {
            long left = Cost.cycles(STEP.toNanos()) / guests.size();
            while (left > 0 && guest.kernel.runnable()) {
                left -= guest.kernel.run(left);
            }
        }
    }

    private final class Guest implements Balloon {

        private final String name;
        private final List<Event> events = new ArrayList<>();
        private final GuestMemory memory;
        private final GuestKernel kernel;

        Guest(HostMemory host, String name, long seed) throws Exception {
            this.name = name;
            memory = host.configure(name, GUEST, cycles -> {}, this);
            Hardware bench = clock.hardware;
            kernel = new GuestKernel(
                    new Hardware(name, memory, bench.files(), bench.io(), clock, () -> 0, () -> {}),
                    new SplittableRandom(seed),
                    events::add,
                    end -> {});
            kernel.boot();
        }

        @Override
        public List<Integer> inflate(int pages) {
            return kernel.inflate(pages);
        }

        @Override
        public List<Integer> deflate(int pages) {
            return kernel.deflate(pages);
        }

        List<ProcessEnd> ended() {
            return events.stream()
                    .filter(Event.ProcessEnded.class::isInstance)
                    .map(event -> ((Event.ProcessEnded) event).outcome())
                    .toList();
        }

        void assertBeatsFollowTheChain(int count) {
            String digest = Sha256.of(name.getBytes(StandardCharsets.UTF_8));
            List<String> expected = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                digest = Sha256.of(HexFormat.of().parseHex(digest));
                expected.add(digest);
            }
            assertThat(events.stream()
                            .filter(Event.Heartbeat.class::isInstance)
                            .map(event -> ((Event.Heartbeat) event).outcome()))
                    .containsExactlyElementsOf(expected);
        }
    }
}
