package cofferdam.monitor.guest.kernel;

import cofferdam.monitor.Timeline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** The clock of a machine since it was booted: it rings every second. */
final class Clock {

    static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Timeline timeline;
    private final long booted;
    private final Runnable second;
    private Timeline.@Nullable Timer timer;

    Clock(Timeline timeline, Runnable second) {
        this.timeline = timeline;
        this.booted = timeline.now();
        this.second = second;
    }

    /** Begins to ring. */
    void start() {
        long next = booted + (seconds() + 1) * SECOND - timeline.now();
        timer = timeline.after(Duration.ofNanos(next), this::ring);
    }

    /** Whole seconds since the machine was booted. */
    long seconds() {
        return (timeline.now() - booted) / SECOND;
    }

    void stop() {
        Timeline.Timer pending = timer;
        timer = null;
        if (pending != null) {
            pending.cancel();
        }
    }

    /** Something that is to be done every second, and done late rather than not at all. */
    Beats beats() {
        return new Beats();
    }

    private void ring() {
        start();
        second.run();
    }

    /** How often something was done that is done every second. */
    final class Beats {
        private long done;

        boolean isDue() {
            return done < seconds();
        }

        /** Counts one more; returns its number, from 1 on. */
        long next() {
            done++;
            return done;
        }
    }
}
