package cofferdam.attacks.staging;

import cofferdam.monitor.Timeline;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** A clock that jumps from one action to the next. */
public final class VirtualTimeline implements Timeline {

    private final PriorityQueue<Action> actions =
            new PriorityQueue<>(Comparator.comparing(Action::time).thenComparing(Action::order));
    private long now;
    private long given;

    private record Action(long time, long order, Runnable work) {}

    @Override
    public long now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
        Action action = new Action(now + delay.toNanos(), given++, work);
        actions.add(action);
        return () -> actions.remove(action);
    }

    /** Runs all actions of this span and moves the clock to its end. */
    public void run(Duration span) {
        long end = now + span.toNanos();
        while (!actions.isEmpty() && actions.peek().time() <= end) {
            Action action = actions.remove();
            now = action.time();
            action.work().run();
        }
        now = end;
    }

    /** How many actions wait. */
    public int pending() {
        return actions.size();
    }
}
