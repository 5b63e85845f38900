/**
 * A run's evidence as judging needs it: events, and captures dissected by pcap4j rather than by the
 * code that made the frames.
 */
@NullMarked
package cofferdam.analysis.evidence;

import org.jspecify.annotations.NullMarked;
