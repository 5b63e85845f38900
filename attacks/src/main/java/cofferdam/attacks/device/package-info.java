/** Attacks on what a machine's buses show of the host's devices and memory. */
@NullMarked
package cofferdam.attacks.device;

import org.jspecify.annotations.NullMarked;
