/** Swap areas of Linux, recognised with what their headers say. */
@NullMarked
package cofferdam.monitor.disk.swap;

import org.jspecify.annotations.NullMarked;
