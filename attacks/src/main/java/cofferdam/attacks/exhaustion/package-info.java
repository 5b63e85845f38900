/** Attacks on what a host shares out, and what becomes of others when a guest falls. */
@NullMarked
package cofferdam.attacks.exhaustion;

import org.jspecify.annotations.NullMarked;
