/** Captures in the pcapng format, written and read. */
@NullMarked
package cofferdam.monitor.pcapng;

import org.jspecify.annotations.NullMarked;
