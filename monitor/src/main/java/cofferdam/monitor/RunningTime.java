package cofferdam.monitor;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A host's clock as the host itself has it: it goes on while somebody waits. */
public interface RunningTime extends Timeline {

    /**
     * Runs what is due until the condition holds or the limit has passed. Everything of a host happens
     * on the thread that waits, one action at a time; an action may wait in its turn.
     *
     * @return whether the condition held
     */
    boolean await(BooleanSupplier condition, Duration limit);
}
