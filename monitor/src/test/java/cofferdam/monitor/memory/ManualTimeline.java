package cofferdam.monitor.memory;

import cofferdam.monitor.Timeline;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that goes on only when it is told to. */
final class ManualTimeline implements Timeline {

    private final PriorityQueue<Pending> queue = new PriorityQueue<>(
            Comparator.comparingLong(Pending::time).thenComparingLong(Pending::order));
    private long now = 1_000_000_000_000L;
    private long order;

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        Pending pending = new Pending(now + delay.toNanos(), order++, action);
        queue.add(pending);
        return () -> queue.remove(pending);
    }

    /** How many actions are to run yet. */
    int pending() {
        return queue.size();
    }

    /** Lets time pass; what is due runs at its time. */
    void pass(Duration duration) {
        long end = now + duration.toNanos();
        Pending next = queue.peek();
        while (next != null && next.time() <= end) {
            queue.remove(next);
            now = next.time();
            next.action().run();
            next = queue.peek();
        }
        now = end;
    }

    private record Pending(long time, long order, Runnable action) {}
}
