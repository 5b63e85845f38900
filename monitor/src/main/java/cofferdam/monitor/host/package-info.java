/**
 * The host's own operating system: its processes and their memory, what of the guests is in its reach,
 * and the console from which the monitor is managed.
 */
@NullMarked
package cofferdam.monitor.host;

import org.jspecify.annotations.NullMarked;
