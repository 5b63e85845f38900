package cofferdam.monitor.emulated;

import cofferdam.monitor.RunningTime;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * A clock that stands still until somebody waits, and then jumps from one pending action to the
 * next. The order of actions is their time and, for the same time, the order in which they were
 * given; nothing else decides it, so a run repeats exactly.
 */
final class VirtualTime implements RunningTime {

    /** When every emulated run begins: 2003-01-01T00:00:00Z. */
    static final long BEGIN =
            Instant.parse("2003-01-01T00:00:00Z").getEpochSecond() * 1_000_000_000L;

    /** The most actions that may be pending at once. */
    static final int MAXIMUM_PENDING = 4_000_000;

    private final PriorityQueue<Pending> queue = new PriorityQueue<>();
    private long now = BEGIN;
    private long given;

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay %s is negative".formatted(delay));
        }
        if (queue.size() >= MAXIMUM_PENDING) {
            throw new IllegalStateException(
                    "more than %d actions are pending".formatted(MAXIMUM_PENDING));
        }
        Pending pending = new Pending(Math.addExact(now, delay.toNanos()), given++, action);
        queue.add(pending);
        return pending;
    }

    /**
     * Runs pending actions until the condition holds or the limit has passed.
     *
     * @return whether the condition held; if not, the clock stands at the limit
     */
    @Override
    public boolean await(BooleanSupplier condition, Duration limit) {
        long deadline = Math.addExact(now, limit.toNanos());
        while (!condition.getAsBoolean()) {
            Pending next = queue.peek();
            if (next == null || next.time > deadline) {
                now = deadline;
                return false;
            }
            queue.remove();
            now = next.time;
            next.run();
        }
        return true;
    }

    private static final class Pending implements Timer, Comparable<Pending> {
        private final long time;
        private final long order;
        private @Nullable Runnable action;

        Pending(long time, long order, Runnable action) {
            this.time = time;
            this.order = order;
            this.action = action;
        }

        void run() {
            Runnable due = action;
            action = null;
            if (due != null) {
                due.run();
            }
        }

        @Override
        public void cancel() {
            action = null;
        }

        @Override
        public int compareTo(Pending other) {
            return time == other.time
                    ? Long.compare(order, other.order)
                    : Long.compare(time, other.time);
        }
    }
}
