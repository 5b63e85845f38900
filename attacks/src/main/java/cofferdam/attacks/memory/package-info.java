/**
 * Attacks through the host's memory: the time that a write takes tells whether a neighbour has the same
 * page, frames and swap files keep what others had.
 */
@NullMarked
package cofferdam.attacks.memory;

import org.jspecify.annotations.NullMarked;
