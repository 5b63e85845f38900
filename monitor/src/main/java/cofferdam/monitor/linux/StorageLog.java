package cofferdam.monitor.linux;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.RunningTime;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.Evidence;

import java.time.Duration;
import java.util.function.LongFunction;

/** The host's clock and the run's evidence, as everything that has to do with disks uses them. */
record StorageLog(RunningTime time, Evidence evidence) {

    private static final long NANOS = 1_000_000_000L;

    /** Records what happens now. */
    void record(LongFunction<Event> event) {
        evidence.record(event.apply(time.now()));
    }

    /** Seconds on the host's clock. */
    long seconds() {
        return time.now() / NANOS;
    }

    /** Does something that may wait, as soon as the host's clock goes on. */
    Operation begin(Runnable action) {
        Pending pending = new Pending();
        time.after(Duration.ZERO, () -> {
            action.run();
            pending.done = true;
        });
        return pending;
    }

    /** Under way until its action has ended. */
    private static final class Pending implements Operation {

        private boolean done;

        @Override
        public boolean done() {
            return done;
        }
    }
}
