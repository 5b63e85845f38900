/** Attacks from the host's own operating system on what belongs to its guests. */
@NullMarked
package cofferdam.attacks.host;

import org.jspecify.annotations.NullMarked;
