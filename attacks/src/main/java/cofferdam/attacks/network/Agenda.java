package cofferdam.attacks.network;

import cofferdam.monitor.Timeline;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** What a campaign still means to do, all of which can be called off at once. */
final class Agenda {

    /** A timer that has nothing to cancel. */
    static final Timeline.Timer NOTHING = () -> {};

    private final Timeline timeline;
    private final Set<Entry> entries = new LinkedHashSet<>();
    private boolean closed;

    Agenda(Timeline timeline) {
        this.timeline = timeline;
    }

    /** Runs the action once, after the delay; never if the agenda is closed. */
    Timeline.Timer after(Duration delay, Runnable action) {
        if (closed) {
            return NOTHING;
        }
        Entry entry = new Entry(action);
        entries.add(entry);
        entry.timer = timeline.after(delay, entry::run);
        return entry;
    }

    /**
     * Runs the action {@code times} times, the first at once but not before this method returns,
     * each other one {@code gap} after the one before, and {@code then} one gap after the last.
     *
     * @return calls off all that has not run yet
     */
    Timeline.Timer repeat(Duration gap, int times, IntConsumer action, Runnable then) {
        Repetition repetition = new Repetition(gap, times, action, then);
        repetition.next = after(Duration.ZERO, repetition::step);
        return repetition;
    }

    /** How many actions wait for their time. */
    int pending() {
        return entries.size();
    }

    /** Calls off everything. What is planned later runs. */
    void clear() {
        List.copyOf(entries).forEach(Entry::cancel);
    }

    /** Calls off everything, now and for ever. */
    void close() {
        closed = true;
        clear();
    }

    /**
     * One action; being among the entries is what lets it run, so that none runs once called off.
     */
    private final class Entry implements Timeline.Timer {
        private final Runnable action;
        private Timeline.Timer timer = NOTHING;

        Entry(Runnable action) {
            this.action = action;
        }

        void run() {
            if (entries.remove(this)) {
                action.run();
            }
        }

        @Override
        public void cancel() {
            if (entries.remove(this)) {
                timer.cancel();
            }
        }
    }

    private final class Repetition implements Timeline.Timer {
        private final Duration gap;
        private final int times;
        private final IntConsumer action;
        private final Runnable then;
        private Timeline.Timer next = NOTHING;
        private int done;

        Repetition(Duration gap, int times, IntConsumer action, Runnable then) {
            this.gap = gap;
            this.times = times;
            this.action = action;
            this.then = then;
        }

        void step() {
            if (done == times) {
                then.run();
                return;
            }
            // The next step is planned first: an action that calls the repetition off finds it.
            next = after(gap, this::step);
            action.accept(done++);
        }

        @Override
        public void cancel() {
            next.cancel();
        }
    }
}
