/**
 * A machine's devices: its buses with what is attached to them, and how devices reach its memory by
 * themselves. Numbers and registers are those of the data sheets that each class names.
 */
@NullMarked
package cofferdam.monitor.device;

import org.jspecify.annotations.NullMarked;
