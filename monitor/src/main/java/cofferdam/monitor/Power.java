package cofferdam.monitor;

import cofferdam.monitor.Endpoint.Operation;

/** A machine's switch. Each use leaves a {@code power-changed} event that says what came of it. */
public non-sealed interface Power extends Capability {

    /** Starts the machine from its disk; does nothing while it runs. */
    Operation on();

    /** Shuts the machine down; everything it saved is in its image file afterwards. */
    Operation off();
}
