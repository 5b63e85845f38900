/**
 * Computers whose operating system lives in memory: the host's memory and processor shared out among
 * them, what their users and their administrator can do with them, and how their memory is used.
 */
@NullMarked
package cofferdam.monitor.computer;

import org.jspecify.annotations.NullMarked;
