package cofferdam.monitor.schedule;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.policy.ProcessorPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The host's processor, of one core. Whoever wants to run gets it for a slice at a time, by the
 * policy's shares: stride scheduling (Waldspurger and Weihl, "Stride Scheduling: Deterministic
 * Proportional-Share Resource Management", MIT/LCS/TM-528, 1995). A machine that has used up its
 * limit waits for the next {@link #WINDOW}, as under {@code cpu.max} of Linux's control groups;
 * what it took too much counts against the windows that follow. Nobody is interrupted within a
 * slice. While nobody wants to run, nothing is pending on the timeline.
 */
public final class Processor {

    /** Two gigahertz. */
    public static final long CYCLES_PER_MICROSECOND = 2000;

    /** The longest that one runs before another is asked. */
    public static final Duration SLICE = Duration.ofMillis(1);

    /** The time over which a limit is kept. */
    public static final Duration WINDOW = Duration.ofMillis(100);

    /**
     * The most that one call of a runner may use, a hundred seconds: a runner that tells of more is
     * broken.
     */
    static final long MAXIMUM_CYCLES = CYCLES_PER_MICROSECOND * 100_000_000;

    private static final long SLICE_CYCLES = cycles(SLICE.toNanos());
    private static final long NANOSECONDS = 1000;

    /** What becomes of the next decision. */
    private enum State {
        /** Nobody wants to run; none is pending. */
        IDLE,
        /** All who want to run wait for the next window. */
        THROTTLED,
        /** It is due at once, or when the slice that runs is over. */
        BUSY
    }

    private final Timeline timeline;
    private final ProcessorPolicy policy;
    private final long start;
    private final Map<String, Account> accounts = new LinkedHashMap<>();
    private final List<Core> cores = new ArrayList<>();
    private final List<Core> failed = new ArrayList<>();
    private State state = State.IDLE;
    private Timeline.Timer decision = () -> {};
    private long pass;
    private long turns;

    /** A processor that nobody has used yet. */
    public Processor(Timeline timeline, ProcessorPolicy policy) {
        this.timeline = timeline;
        this.policy = policy;
        start = timeline.now();
    }

    /**
     * A virtual processor of a machine. All that a machine ever has share its shares and its limit.
     *
     * @param onFailure takes what the runner throws; it runs no more
     */
    public VirtualProcessor attach(
            String machine, Runner runner, Consumer<RuntimeException> onFailure) {
        Account account = accounts.computeIfAbsent(
                machine, name -> new Account(policy.sharesOf(name), policy.limit(), pass));
        Core core = new Core(account, runner, onFailure);
        cores.add(core);
        return core;
    }

    /** How much of the processor a machine has used in all, in cycles. */
    public long used(String machine) {
        Account account = accounts.get(machine);
        return account == null ? 0 : account.used();
    }

    private static long cycles(long nanoseconds) {
        return nanoseconds * CYCLES_PER_MICROSECOND / NANOSECONDS;
    }

    private static Duration duration(long cycles) {
        return Duration.ofNanos(Math.ceilDiv(cycles * NANOSECONDS, CYCLES_PER_MICROSECOND));
    }

    private long window() {
        return (timeline.now() - start) / WINDOW.toNanos();
    }

    private void decideAfter(Duration delay, State next) {
        state = next;
        decision.cancel();
        decision = timeline.after(delay, this::decide);
    }

    private void decide() {
        state = State.IDLE;
        accounts.values().forEach(account -> account.enter(window()));
        List<Core> waiting = waiting();
        accounts.values().forEach(account -> account.wants(pass, holds(waiting, account)));
        Optional<Core> next = waiting.stream()
                .filter(core -> core.attached && !core.account.exhausted())
                .min(Comparator.comparingLong((Core core) -> core.account.pass())
                        .thenComparingLong(core -> core.turn));
        if (next.isPresent()) {
            dispatch(next.get());
        } else if (!waiting.isEmpty()) {
            long end = start + (window() + 1) * WINDOW.toNanos();
            decideAfter(Duration.ofNanos(end - timeline.now()), State.THROTTLED);
        }
        tellFailures();
    }

    /** Last, when the next decision is pending, since whoever is told may do anything. */
    private void tellFailures() {
        List<Core> told = List.copyOf(failed);
        failed.clear();
        told.forEach(Core::tellFailure);
    }

    private static boolean holds(List<Core> waiting, Account account) {
        return !account.exhausted() && waiting.stream().anyMatch(core -> core.account == account);
    }

    private List<Core> waiting() {
        List<Core> waiting = new ArrayList<>();
        for (Core core : List.copyOf(cores)) {
            if (core.wantsToRun()) {
                waiting.add(core);
            }
        }
        return waiting;
    }

    private void dispatch(Core core) {
        pass = core.account.pass();
        core.turn = ++turns;
        state = State.BUSY;
        long used = core.slice(Math.min(SLICE_CYCLES, core.account.left()));
        core.account.use(used);
        decideAfter(duration(used), State.BUSY);
    }

    private final class Core implements VirtualProcessor {
        private final Account account;
        private final Runner runner;
        private final Consumer<RuntimeException> onFailure;
        private @Nullable RuntimeException failure;
        private boolean attached = true;
        private long turn;
        private long owed;
        private long told;

        Core(Account account, Runner runner, Consumer<RuntimeException> onFailure) {
            this.account = account;
            this.runner = runner;
            this.onFailure = onFailure;
        }

        @Override
        public void wake() {
            if (attached && state != State.BUSY) {
                decideAfter(Duration.ZERO, State.BUSY);
            }
        }

        @Override
        public void detach() {
            attached = false;
            cores.remove(this);
        }

        @Override
        public long cycles() {
            told = Math.max(told, Processor.cycles(timeline.now() - start) + owed);
            return told;
        }

        @Override
        public void charge(long cycles) {
            if (cycles < 0) {
                throw new IllegalArgumentException("charge of %d cycles".formatted(cycles));
            }
            owed = Math.addExact(owed, cycles);
        }

        boolean wantsToRun() {
            try {
                return runner.runnable();
            } catch (RuntimeException thrown) {
                fail(thrown);
                return false;
            }
        }

        /** What was charged outside of a slice is worked off first. */
        long slice(long budget) {
            if (owed >= budget) {
                owed -= budget;
                return budget;
            }
            long ran = 1;
            try {
                ran = checked(runner.run(budget - owed));
            } catch (RuntimeException thrown) {
                fail(thrown);
            }
            long used = Math.min(MAXIMUM_CYCLES, ran + owed);
            owed = 0;
            return used;
        }

        private static long checked(long used) {
            if (used < 1 || used > MAXIMUM_CYCLES) {
                throw new IllegalStateException("a runner used %d cycles, not between 1 and %d"
                        .formatted(used, MAXIMUM_CYCLES));
            }
            return used;
        }

        private void fail(RuntimeException thrown) {
            failure = thrown;
            failed.add(this);
            detach();
        }

        void tellFailure() {
            RuntimeException thrown = failure;
            failure = null;
            if (thrown != null) {
                onFailure.accept(thrown);
            }
        }
    }
}
