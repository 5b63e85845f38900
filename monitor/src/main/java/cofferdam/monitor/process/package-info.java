/**
 * Programs of this computer that a run starts, such as real virtual machine monitors: in sessions of
 * their own, within limits, and gone with everything that they started when the run ends, however it
 * ends. A guardian, a small shell script in a session of its own, sees the end of this JVM even when
 * that was killed, and clears up what is left.
 */
@NullMarked
package cofferdam.monitor.process;

import org.jspecify.annotations.NullMarked;
