/**
 * A guest's operating system in its memory: page allocation, processes, page cache, swap, the
 * out-of-memory killer, and the kernel's own state, without which it cannot go on.
 */
@NullMarked
package cofferdam.monitor.guest.kernel;

import org.jspecify.annotations.NullMarked;
