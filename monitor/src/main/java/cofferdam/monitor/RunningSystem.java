package cofferdam.monitor;

import java.io.IOException;
import java.util.Optional;

/** What the root of a running machine can do to its own operating system. */
public non-sealed interface RunningSystem extends Capability {

    /**
     * Does it. What comes of it comes by itself, at once or later.
     *
     * @throws IOException if the machine is down
     */
    void sabotage(Sabotage sabotage) throws IOException;

    /** Why this machine's root has no means of it, without a full stop; empty if it has. */
    default Optional<String> cannot(Sabotage sabotage) {
        return Optional.empty();
    }

    /** Ways to destroy an operating system while it runs. */
    enum Sabotage {
        /** The files without which nothing works are deleted. */
        REMOVE_ESSENTIAL_FILES,
        /** The first process is killed. */
        KILL_INIT,
        /** The kernel's code in memory is overwritten. */
        OVERWRITE_KERNEL,
        /** The interrupt descriptor table is emptied and an exception raised. */
        TRIPLE_FAULT,
        /** Interrupts are switched off and the processor loops. */
        HANG
    }
}
