/** QEMU as a monitor under test. */
@NullMarked
package cofferdam.monitor.qemu;

import org.jspecify.annotations.NullMarked;
