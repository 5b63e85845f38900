/**
 * Attacks as an adversary carries them out. {@link cofferdam.attacks.Attacks} is the front door. An
 * attack reports what it sees and never judges itself.
 */
@NullMarked
package cofferdam.attacks;

import org.jspecify.annotations.NullMarked;
