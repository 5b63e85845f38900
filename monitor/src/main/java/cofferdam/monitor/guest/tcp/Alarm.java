package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.Timeline.Timer;

import java.time.Duration;

/** A timer that is set and stopped again and again. */
final class Alarm {

    private static final Timer NONE = () -> {};

    private final Timeline timeline;
    private final Runnable action;
    private Timer timer = NONE;

    Alarm(Timeline timeline, Runnable action) {
        this.timeline = timeline;
        this.action = action;
    }

    boolean running() {
        return timer != NONE;
    }

    void set(Duration delay) {
        timer.cancel();
        timer = timeline.after(delay, this::ring);
    }

    void stop() {
        timer.cancel();
        timer = NONE;
    }

    private void ring() {
        timer = NONE;
        action.run();
    }
}
