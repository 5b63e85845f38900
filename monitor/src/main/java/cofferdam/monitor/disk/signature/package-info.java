/**
 * Tells image formats by what their files begin and end with. What declares nothing is raw, and what
 * declares two things at once is told as both: guessing is what guests abuse.
 */
@NullMarked
package cofferdam.monitor.disk.signature;

import org.jspecify.annotations.NullMarked;
