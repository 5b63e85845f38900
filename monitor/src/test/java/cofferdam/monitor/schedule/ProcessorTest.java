package cofferdam.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import cofferdam.monitor.guest.tcp.VirtualTime;
import cofferdam.monitor.policy.ProcessorPolicy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

final class ProcessorTest {

    private static final long SECOND = 1_000_000 * Processor.CYCLES_PER_MICROSECOND;
    private static final long MILLISECOND = SECOND / 1000;

    private final VirtualTime time = new VirtualTime();

    private Processor processor(int limit, Map<String, Integer> shares) {
        return new Processor(time, new ProcessorPolicy(limit, new TreeMap<>(shares)));
    }

    private Worker worker(Processor processor, String machine) {
        return new Worker(processor, machine);
    }

    @Test
    void machinesThatAlwaysWantToRunGetTheProcessorByTheirShares() {
        Processor processor = processor(100, Map.of("vm1", 3000, "vm2", 500));
        worker(processor, "vm1").want(Long.MAX_VALUE);
        worker(processor, "vm2").want(Long.MAX_VALUE);
        worker(processor, "vm3").want(Long.MAX_VALUE);

        time.pass(Duration.ofSeconds(9));

        assertThat(processor.used("vm1")).isCloseTo(6 * SECOND, within(3 * MILLISECOND));
        assertThat(processor.used("vm2")).isCloseTo(SECOND, within(3 * MILLISECOND));
        assertThat(processor.used("vm3")).isCloseTo(2 * SECOND, within(3 * MILLISECOND));
    }

    @Test
    void longerSlicesThanAskedForDoNotGainAnything() {
        Processor processor = processor(100, Map.of());
        Worker greedy = worker(processor, "vm1");
        greedy.factor = 7;
        greedy.want(Long.MAX_VALUE);
        worker(processor, "vm2").want(Long.MAX_VALUE);

        time.pass(Duration.ofSeconds(10));

        assertThat(processor.used("vm1")).isCloseTo(5 * SECOND, within(10 * MILLISECOND));
        assertThat(processor.used("vm2")).isCloseTo(5 * SECOND, within(10 * MILLISECOND));
    }

    @Test
    void twoVirtualProcessorsOfOneMachineShareItsShares() {
        Processor processor = processor(100, Map.of());
        Worker first = worker(processor, "vm1");
        Worker second = worker(processor, "vm1");
        first.want(Long.MAX_VALUE);
        second.want(Long.MAX_VALUE);
        worker(processor, "vm2").want(Long.MAX_VALUE);

        time.pass(Duration.ofSeconds(4));

        assertThat(processor.used("vm2")).isCloseTo(2 * SECOND, within(3 * MILLISECOND));
        assertThat(first.worked).isCloseTo(SECOND, within(3 * MILLISECOND));
        assertThat(second.worked).isCloseTo(SECOND, within(3 * MILLISECOND));
    }

    @Test
    void whoSleptSavesUpNothing() {
        Processor processor = processor(100, Map.of());
        Worker busy = worker(processor, "vm1");
        Worker sleeper = worker(processor, "vm2");
        busy.want(Long.MAX_VALUE);
        time.pass(Duration.ofSeconds(10));
        long before = processor.used("vm1");

        sleeper.want(Long.MAX_VALUE);
        time.pass(Duration.ofSeconds(2));

        assertThat(processor.used("vm1") - before).isCloseTo(SECOND, within(3 * MILLISECOND));
    }

    @Test
    void whoWasAloneIsNotPunishedForIt() {
        Processor processor = processor(100, Map.of());
        Worker first = worker(processor, "vm1");
        Worker second = worker(processor, "vm2");
        first.want(10 * SECOND);
        time.pass(Duration.ofSeconds(11));
        second.want(Long.MAX_VALUE);
        time.pass(Duration.ofSeconds(1));
        long before = processor.used("vm1");

        first.want(Long.MAX_VALUE);
        time.pass(Duration.ofSeconds(2));

        assertThat(processor.used("vm1") - before).isCloseTo(SECOND, within(10 * MILLISECOND));
    }

    @Test
    void whoWakesUpBesideABusyMachineWaitsNoLongerThanOneSlice() {
        Processor processor = processor(100, Map.of("vm1", 1_000_000, "vm2", 1));
        worker(processor, "vm1").want(Long.MAX_VALUE);
        Worker polite = worker(processor, "vm2");
        time.pass(Duration.ofMillis(500).plusNanos(1));

        polite.want(MILLISECOND / 10);
        time.pass(Processor.SLICE.plusMillis(1));

        assertThat(polite.worked).isEqualTo(MILLISECOND / 10);
    }

    @Test
    void nobodyStarvesHoweverFewItsShares() {
        Processor processor = processor(100, Map.of("vm1", 1_000_000, "vm2", 1000));
        worker(processor, "vm1").want(Long.MAX_VALUE);
        worker(processor, "vm2").want(Long.MAX_VALUE);

        time.pass(Duration.ofSeconds(10));

        assertThat(processor.used("vm2")).isGreaterThanOrEqualTo(9 * MILLISECOND);
    }

    @Test
    void aMachineAloneGetsNoMoreThanItsLimit() {
        Processor processor = processor(30, Map.of());
        worker(processor, "vm1").want(Long.MAX_VALUE);

        time.pass(Duration.ofSeconds(10).minusNanos(1));

        assertThat(processor.used("vm1")).isEqualTo(3 * SECOND);
    }

    @Test
    void whatWasTakenOverTheLimitIsTakenFromTheNextWindows() {
        Processor processor = processor(10, Map.of());
        Worker clumsy = worker(processor, "vm1");
        clumsy.factor = 170;
        clumsy.want(Long.MAX_VALUE);

        time.pass(Duration.ofSeconds(100));

        assertThat(processor.used("vm1")).isCloseTo(10 * SECOND, within(SECOND / 2));
    }

    @Test
    void aLimitedMachineLeavesTheRestToItsNeighbourAtOnce() {
        Processor processor = processor(60, Map.of());
        worker(processor, "vm1").want(Long.MAX_VALUE);
        Worker neighbour = worker(processor, "vm2");
        time.pass(Duration.ofMillis(70));

        neighbour.want(MILLISECOND);
        time.pass(Duration.ofMillis(2));

        assertThat(neighbour.worked).isEqualTo(MILLISECOND);
    }

    @Test
    void nothingIsPendingWhileNobodyWantsToRun() {
        Processor processor = processor(50, Map.of());
        Worker worker = worker(processor, "vm1");
        assertThat(time.waiting()).isZero();

        worker.want(3 * SECOND);
        time.pass(Duration.ofSeconds(7));

        assertThat(worker.worked).isEqualTo(3 * SECOND);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void whatIsChargedDuringASliceTakesTime() {
        Processor processor = processor(100, Map.of());
        Worker worker = worker(processor, "vm1");
        worker.chargeEach = MILLISECOND;
        worker.want(MILLISECOND / 2);
        Worker next = worker(processor, "vm2");
        next.want(1);

        time.pass(Duration.ofNanos(1_499_999));
        assertThat(next.worked).isZero();
        time.pass(Duration.ofNanos(1));

        assertThat(next.worked).isEqualTo(1);
        assertThat(processor.used("vm1")).isEqualTo(MILLISECOND * 3 / 2);
    }

    @Test
    void whatIsChargedBetweenSlicesIsWorkedOffFirst() {
        Processor processor = processor(100, Map.of());
        Worker worker = worker(processor, "vm1");
        worker.own.charge(5 * MILLISECOND + 1);
        worker.want(1);

        time.pass(Duration.ofMillis(5).minusNanos(1));
        assertThat(worker.worked).isZero();
        time.pass(Duration.ofMillis(1));

        assertThat(worker.worked).isEqualTo(1);
        assertThat(processor.used("vm1")).isEqualTo(5 * MILLISECOND + 2);
    }

    @Test
    void aNegativeChargeIsRefused() {
        Worker worker = worker(processor(100, Map.of()), "vm1");

        assertThatThrownBy(() -> worker.own.charge(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void aRunnerThatThrowsRunsNoMoreAndTheOthersGoOn() {
        Processor processor = processor(100, Map.of());
        Worker broken = worker(processor, "vm1");
        Worker sound = worker(processor, "vm2");
        broken.failure = new IllegalStateException("broken");
        broken.want(Long.MAX_VALUE);
        sound.want(SECOND);

        time.pass(Duration.ofSeconds(2));

        assertThat(broken.failures).containsExactly(broken.failure);
        assertThat(broken.turns).isEqualTo(1);
        assertThat(sound.worked).isEqualTo(SECOND);
    }

    @Test
    void aRunnerThatThrowsWhenItIsAskedRunsNoMoreAndTheOthersGoOn() {
        Processor processor = processor(100, Map.of());
        Worker broken = worker(processor, "vm1");
        Worker sound = worker(processor, "vm2");
        sound.want(SECOND);
        broken.failureWhenAsked = new IllegalStateException("broken");

        time.pass(Duration.ofSeconds(2));

        assertThat(broken.failures).containsExactly(broken.failureWhenAsked);
        assertThat(sound.worked).isEqualTo(SECOND);
    }

    @Test
    void aRunnerThatTellsOfNoCyclesOrOfTooManyIsBroken() {
        Processor processor = processor(100, Map.of());
        Worker idle = worker(processor, "vm1");
        Worker boundless = worker(processor, "vm2");
        idle.factor = 0;
        boundless.factor = 1_000_000;
        idle.want(Long.MAX_VALUE);
        boundless.want(Long.MAX_VALUE);

        time.pass(Duration.ofSeconds(1));

        assertThat(idle.failures).hasSize(1);
        assertThat(boundless.failures).hasSize(1);
    }

    @Test
    void whoIsDetachedRunsNoMoreAndAMachineThatStartsAgainHasItsOldLimit() {
        Processor processor = processor(10, Map.of());
        for (int i = 0; i < 100; i++) {
            Worker worker = worker(processor, "vm1");
            worker.detachAfter = 3;
            worker.want(Long.MAX_VALUE);
            time.pass(Duration.ofMillis(10));
            assertThat(worker.turns).isLessThanOrEqualTo(3);
        }

        assertThat(processor.used("vm1")).isBetween(SECOND / 11, SECOND / 10 + MILLISECOND);
    }

    @Test
    void whoIsDetachedByAnotherInTheSameDecisionDoesNotRun() {
        Processor processor = processor(100, Map.of());
        Worker victim = worker(processor, "vm1");
        Worker killer = worker(processor, "vm2");
        killer.whenAsked = victim.own::detach;
        victim.want(Long.MAX_VALUE);

        time.pass(Duration.ofMillis(10));

        assertThat(victim.turns).isZero();
    }

    @Test
    void aWakeWithinASliceIsNotLost() {
        Processor processor = processor(100, Map.of());
        Worker second = worker(processor, "vm2");
        Worker first = worker(processor, "vm1");
        first.whenRun = () -> second.want(MILLISECOND);
        first.want(MILLISECOND);

        time.pass(Duration.ofMillis(2));

        assertThat(second.worked).isEqualTo(MILLISECOND);
    }

    @Test
    void theTimeStampCounterNeverGoesBackAndCountsWhatIsChargedAtOnce() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Processor processor = processor(40, Map.of("vm2", 5000));
        List<Worker> workers = List.of(worker(processor, "vm1"), worker(processor, "vm2"));
        List<Long> last = new ArrayList<>(List.of(0L, 0L));
        for (int i = 0; i < 5000; i++) {
            int which = random.nextInt(2);
            Worker worker = workers.get(which);
            worker.chargeEach = random.nextLong(3 * MILLISECOND);
            worker.want(random.nextLong(2 * MILLISECOND));
            long told = worker.own.cycles();
            assertThat(told).as("seed %d", seed).isGreaterThanOrEqualTo(last.get(which));
            long charge = random.nextLong(MILLISECOND);
            worker.own.charge(charge);
            last.set(which, worker.own.cycles());
            time.pass(Duration.ofNanos(random.nextLong(2_000_000)));
        }
        assertThat(workers)
                .allSatisfy(
                        worker -> assertThat(worker.counted).as("seed %d", seed).isSorted());
    }

    @Test
    void aRunnerSeesItsChargesOnItsTimeStampCounterWhileItRuns() {
        Processor processor = processor(100, Map.of());
        Worker worker = worker(processor, "vm1");
        time.pass(Duration.ofMillis(3));
        worker.chargeEach = 5000;
        worker.want(1);

        time.pass(Duration.ofMillis(1));

        assertThat(worker.counted).containsExactly(3 * MILLISECOND, 3 * MILLISECOND + 5000);
    }

    @Test
    void theSameDemandsAreMetInTheSameOrder() {
        assertThat(history()).isEqualTo(history()).hasSizeGreaterThan(1000);
    }

    private static List<String> history() {
        VirtualTime time = new VirtualTime();
        SplittableRandom random = new SplittableRandom(7);
        Processor processor =
                new Processor(time, new ProcessorPolicy(70, new TreeMap<>(Map.of("vm1", 300))));
        List<String> history = new ArrayList<>();
        List<Worker> workers = new ArrayList<>();
        for (String machine : List.of("vm1", "vm2", "vm3")) {
            Worker worker = new Worker(processor, machine);
            worker.whenRun = () -> history.add(time.now() + machine);
            workers.add(worker);
        }
        for (int i = 0; i < 1000; i++) {
            workers.get(random.nextInt(3)).want(random.nextLong(3 * MILLISECOND));
            time.pass(Duration.ofNanos(random.nextLong(3_000_000)));
        }
        return history;
    }

    /** Works off what is wanted of it, and does what else a test asks. */
    private static final class Worker implements Runner {
        private final VirtualProcessor own;
        private final List<RuntimeException> failures = new ArrayList<>();
        private final List<Long> counted = new ArrayList<>();
        private RuntimeException failure;
        private RuntimeException failureWhenAsked;
        private Runnable whenAsked = () -> {};
        private Runnable whenRun = () -> {};
        private long wanted;
        private long worked;
        private long chargeEach;
        private long factor = 1;
        private int turns;
        private int detachAfter = Integer.MAX_VALUE;

        Worker(Processor processor, String machine) {
            own = processor.attach(machine, this, failures::add);
        }

        void want(long cycles) {
            wanted = Math.max(wanted, cycles);
            own.wake();
        }

        @Override
        public boolean runnable() {
            whenAsked.run();
            if (failureWhenAsked != null) {
                throw failureWhenAsked;
            }
            return wanted > 0;
        }

        @Override
        public long run(long cycles) {
            turns++;
            whenRun.run();
            if (failure != null) {
                throw failure;
            }
            if (turns == detachAfter) {
                own.detach();
            }
            counted.add(own.cycles());
            if (chargeEach > 0) {
                own.charge(chargeEach);
                counted.add(own.cycles());
            }
            long done = Math.min(wanted, cycles * factor);
            wanted -= done;
            worked += done;
            return done;
        }
    }
}
