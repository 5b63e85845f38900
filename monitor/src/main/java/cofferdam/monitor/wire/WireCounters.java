package cofferdam.monitor.wire;

/**
 * How many frames a wire has seen, since it was made.
 *
 * @param in came in and were given to the receiver
 * @param out were handed to the operating system
 * @param overrun were dropped because a side did not take them fast enough
 * @param unattached were lost because nobody was at the other end, or no receiver attached
 * @param malformed were dropped because of their length or framing
 */
public record WireCounters(long in, long out, long overrun, long unattached, long malformed) {}
