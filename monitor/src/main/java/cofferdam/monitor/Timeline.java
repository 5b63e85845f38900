package cofferdam.monitor;

import java.time.Duration;

/**
 * A host's clock. Everything that waits, waits by it: virtual on the emulated host, real on real
 * ones.
 */
public interface Timeline {

    /** Nanoseconds since 1970-01-01T00:00:00Z. Never goes back. */
    long now();

    /**
     * Runs the action once, after the delay. Actions run one at a time, in the order of their
     * times; those of the same time in the order in which they were given.
     */
    Timer after(Duration delay, Runnable action);

    /** A pending action. */
    interface Timer {
        /** The action will not run; does nothing if it has run already. */
        void cancel();
    }
}
