/**
 * Real time: the clock of hosts that are real computers, and the loop in which everything of such a
 * host happens on one thread.
 */
@NullMarked
package cofferdam.monitor.live;

import org.jspecify.annotations.NullMarked;
