package cofferdam.monitor;

import java.time.Duration;

/** A client of the page service (UDP port 8080) of other machines, which counts what is answered in time. */
public non-sealed interface LoadClient extends Capability {

    /** The most requests of one measurement. */
    int MAXIMUM_REQUESTS = 999_999;

    /** How long an answer is waited for; one that comes later counts as none. */
    Duration PATIENCE = Duration.ofSeconds(1);

    /**
     * Asks for a page again and again. To answer, a machine computes, reads its memory and, if it has
     * one, its disk. Leaves a {@code service-measured} event when the span and {@link #PATIENCE}
     * have passed.
     *
     * @param rate requests a second
     * @param span for how long
     * @param label what the measurement is called, such as {@code baseline}
     */
    Endpoint.Operation request(Machine to, int rate, Duration span, String label);
}
