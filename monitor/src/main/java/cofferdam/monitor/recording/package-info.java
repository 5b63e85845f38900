/**
 * Evidence kept in memory until the run is over: events and captures, and the files they become.
 */
@NullMarked
package cofferdam.monitor.recording;

import org.jspecify.annotations.NullMarked;
