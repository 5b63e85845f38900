/** The emulated host: virtual time, the machines and their wiring. */
@NullMarked
package cofferdam.monitor.emulated;

import org.jspecify.annotations.NullMarked;
