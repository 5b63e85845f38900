package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.Timeline;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** A clock for tests, which passes only when it is told to. */
public final class VirtualTime implements Timeline {

    private static final int MAXIMUM_ACTIONS = 5_000_000;

    private final PriorityQueue<Action> actions = new PriorityQueue<>(
            Comparator.comparingLong(Action::time).thenComparingLong(Action::order));
    private long now = 1_000_000_000_000_000_000L;
    private long order;
    private int ran;

    private record Action(long time, long order, Runnable action) {}

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay %s is negative".formatted(delay));
        }
        Action entry = new Action(now + delay.toNanos(), order++, action);
        actions.add(entry);
        return () -> actions.remove(entry);
    }

    /** Lets time pass. */
    public void pass(Duration duration) {
        until(() -> false, duration);
    }

    /** Lets time pass until the condition holds or the limit is reached; says whether it held. */
    public boolean until(BooleanSupplier condition, Duration limit) {
        long end = now + limit.toNanos();
        while (!condition.getAsBoolean()) {
            Action next = actions.peek();
            if (next == null || next.time() > end) {
                now = end;
                return condition.getAsBoolean();
            }
            actions.remove();
            now = next.time();
            count();
            next.action().run();
        }
        return true;
    }

    /** Actions that wait for their time. */
    public int waiting() {
        return actions.size();
    }

    private void count() {
        ran++;
        if (ran > MAXIMUM_ACTIONS) {
            throw new IllegalStateException(
                    "%d actions have run: something never ends".formatted(ran));
        }
    }
}
