package cofferdam.analysis;

import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.monitor.address.MacAddress;

import java.util.function.Predicate;

/**
 * An entry that a machine's cache took about another machine.
 *
 * @param time nanoseconds since 1970-01-01T00:00:00Z
 * @param hardware where it has the other from then on
 * @param cause whether a frame can have made the entry
 */
record CacheEntry(long time, MacAddress hardware, Predicate<SeenFrame> cause) {}
