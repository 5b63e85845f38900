package cofferdam.monitor.memory;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.MemoryControl.Means;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.policy.MemoryPolicy;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;
import cofferdam.monitor.policy.MemoryPolicy.Swap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Any sequence of operations, under any policy, keeps every guest's view of its memory equal to a
 * plain model, and every count exact.
 */
class MemoryModelTest {

    private static final int RUNS = Boolean.getBoolean("cofferdam.sweep") ? 200 : 8;
    private static final int OPERATIONS = 1200;
    private static final int HOST_PAGES = 96;

    private int denied;
    private int shares;
    private int swaps;

    @ParameterizedTest
    @EnumSource(Sharing.class)
    void everyViewEqualsThePlainModel(Sharing sharing) throws Exception {
        for (int run = 0; run < RUNS; run++) {
            run(sharing, run, new ChecksumHash());
        }
        assertThat(swaps).as("pages were swapped").isPositive();
        assertThat(shares > 0).as("pages were shared").isEqualTo(sharing != Sharing.NONE);
    }

    @ParameterizedTest
    @EnumSource(value = Sharing.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void pagesWhoseHashesAllCollideStayWhatTheyAre(Sharing sharing) throws Exception {
        for (int run = 0; run < RUNS; run++) {
            run(sharing, 1000 + run, (memory, start) -> 7);
        }
        assertThat(shares).as("pages were shared").isPositive();
    }

    @Test
    void someRunsOutOfMemory() throws Exception {
        for (int run = 0; run < RUNS; run++) {
            run(Sharing.NONE, run, new ChecksumHash());
        }
        assertThat(denied).isPositive();
    }

    private void run(Sharing sharing, int seed, PageHash hash) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        MemoryPolicy policy = policy(sharing, random);
        try {
            new Run(policy, hash, random).go();
        } catch (AssertionError | Exception failed) {
            throw new AssertionError("seed %d, %s".formatted(seed, policy), failed);
        }
    }

    private static MemoryPolicy policy(Sharing sharing, SplittableRandom random) {
        boolean tight = random.nextInt(4) > 0;
        int limit = tight ? random.nextInt(30, 101) : 100;
        Swap swap = Swap.values()[random.nextInt(3)];
        return Rules.plain()
                .sharing(sharing)
                .groups(
                        sharing == Sharing.SALTED
                                ? Map.of("vm1", "a", "vm2", "a", "vm3", "vm4")
                                : Map.of())
                .overcommit(tight ? 200 : 100)
                .limit(limit)
                .reservation(random.nextBoolean() ? 0 : random.nextInt(Math.min(limit, 50) + 1))
                .shares(Map.of("vm1", random.nextInt(1, 5000)))
                .balloon(random.nextBoolean())
                .swap(swap)
                .zeroOnAllocate(random.nextBoolean())
                .zeroOnFree(random.nextBoolean())
                .constantLatency(random.nextBoolean())
                .policy();
    }

    /** One sequence of operations. */
    private final class Run {
        private final MemoryPolicy policy;
        private final SplittableRandom random;
        private final ManualTimeline timeline = new ManualTimeline();
        private final HostMemory host;
        private final List<ReferenceGuest> guests = new ArrayList<>();
        private int names;

        Run(MemoryPolicy policy, PageHash hash, SplittableRandom random) {
            this.policy = policy;
            this.random = random;
            host = new HostMemory(
                    HOST_PAGES * 4096L,
                    policy,
                    Optional.of(new MemoryFile()),
                    timeline,
                    random.split(),
                    hash);
        }

        void go() throws Exception {
            for (int i = 0; i < OPERATIONS; i++) {
                step();
                shares += host.usage().shared() > 0 ? 1 : 0;
                swaps += host.usage().swapped() > 0 ? 1 : 0;
                if (i % 8 == 0) {
                    Recount.check(host);
                }
            }
            for (ReferenceGuest guest : guests) {
                attempt(guest, guest::checkAll);
            }
            Recount.check(host);
            guests.forEach(guest -> guest.memory().release());
            Recount.check(host);
            assertThat(host.usage().used()).isZero();
            host.close();
        }

        private void step() throws Exception {
            if (guests.isEmpty() || (guests.size() < 5 && random.nextInt(40) == 0)) {
                start();
                return;
            }
            ReferenceGuest guest = guests.get(random.nextInt(guests.size()));
            switch (random.nextInt(20)) {
                case 0 -> host.scan(random.nextInt(200));
                case 1 -> timeline.pass(Duration.ofMillis(random.nextInt(30)));
                case 2 -> reclaim(guest, Means.BALLOON);
                case 3 -> reclaim(guest, Means.SWAP);
                case 4 -> release(guest);
                case 5, 6, 7 -> attempt(guest, guest::check);
                case 8 -> attempt(guest, guest::cross);
                case 9, 10, 11, 12 -> attempt(guest, guest::write);
                default -> attempt(guest, guest::fill);
            }
        }

        private void start() {
            int pages = random.nextInt(8, 64);
            ReferenceGuest guest =
                    new ReferenceGuest(pages, policy.zeroOnAllocate(), random.split());
            String name = "vm" + (names++ % 5 + 1);
            try {
                guest.over(host.configure(name, pages * 4096L, guest::charge, guest));
                guests.add(guest);
            } catch (RefusedSetupException refused) {
                assertThat(refused).hasMessageContaining(name);
            }
        }

        private void attempt(ReferenceGuest guest, Runnable operation) {
            Guest inner = guest.memory().guest();
            boolean promised = inner.charge().atMost() < inner.reservation();
            Map<Guest, Integer> quiet = quiet(inner);
            try {
                operation.run();
            } catch (OutOfHostMemoryException none) {
                denied++;
                guest.broken();
                assertThat(none).hasMessageContaining(none.machine());
                assertThat(promised && policy.swap() != Swap.NONE)
                        .as("denied what is reserved")
                        .isFalse();
            }
            quiet.forEach((other, mappings) -> assertThat(other.charge().mappings())
                    .as("%s holds only what is reserved", other.machine())
                    .isGreaterThanOrEqualTo(mappings));
        }

        // Those that nothing may be taken from: they hold no more than is reserved, and all alone.
        private Map<Guest, Integer> quiet(Guest actor) {
            Map<Guest, Integer> quiet = new HashMap<>();
            host.parts().guests().all().stream()
                    .filter(other -> other != actor
                            && other.charge().sharedMappings() == 0
                            && other.charge().atMost() <= other.reservation())
                    .forEach(other -> quiet.put(other, other.charge().mappings()));
            return quiet;
        }

        private void reclaim(ReferenceGuest guest, Means means) {
            Guest inner = guest.memory().guest();
            int before = inner.charge().atLeast();
            try {
                guest.memory().reclaim(random.nextInt(1, 20) * 4096L, means);
            } catch (IOException refused) {
                assertThat(means == Means.BALLOON ? policy.balloon() : policy.swap() != Swap.NONE)
                        .isFalse();
            }
            assertThat(inner.charge().atMost())
                    .isGreaterThanOrEqualTo(Math.min(before, inner.reservation()));
        }

        private void release(ReferenceGuest guest) {
            if (random.nextInt(4) == 0) {
                guest.memory().release();
                guests.remove(guest);
            }
        }
    }
}
