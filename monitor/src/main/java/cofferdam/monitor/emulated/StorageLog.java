package cofferdam.monitor.emulated;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;

import java.time.Duration;
import java.util.function.LongFunction;

/** The host's clock and the run's evidence, as everything that has to do with disks uses them. */
record StorageLog(Timeline timeline, Evidence evidence) {

    private static final long NANOS = 1_000_000_000L;

    /** Records what happens now. */
    void record(LongFunction<Event> event) {
        evidence.record(event.apply(timeline.now()));
    }

    /** A guest's clock: seconds since 1970. */
    long seconds() {
        return timeline.now() / NANOS;
    }

    /** Does something after the time that it takes. */
    Operation after(Duration time, Runnable action) {
        Pending pending = new Pending();
        timeline.after(time, () -> {
            action.run();
            pending.done = true;
        });
        return pending;
    }

    /** Under way until its time has come. */
    private static final class Pending implements Operation {

        private boolean done;

        @Override
        public boolean done() {
            return done;
        }
    }
}
