package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.Timeline.Timer;

import java.time.Duration;

/** A timer that is set and stopped again and again. */
final class Alarm {

    private final Timeline timeline;
    private final Runnable action;
    private Timer timer = () -> {};
    private boolean running;

    Alarm(Timeline timeline, Runnable action) {
        this.timeline = timeline;
        this.action = action;
    }

    boolean running() {
        return running;
    }

    void set(Duration delay) {
        timer.cancel();
        timer = timeline.after(delay, this::ring);
        running = true;
    }

    void stop() {
        timer.cancel();
        running = false;
    }

    private void ring() {
        running = false;
        action.run();
    }
}
