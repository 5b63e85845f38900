/** A live emulated host that is worked by hand: its ports, its commands, and what they say. */
@NullMarked
package cofferdam.scenarios.lab;

import org.jspecify.annotations.NullMarked;
