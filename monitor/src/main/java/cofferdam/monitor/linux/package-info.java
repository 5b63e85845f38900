/**
 * Real Linux guests, whatever runs them: their console, their network, their files and memory, and what
 * the host's operating system sees of them.
 */
@NullMarked
package cofferdam.monitor.linux;

import org.jspecify.annotations.NullMarked;
