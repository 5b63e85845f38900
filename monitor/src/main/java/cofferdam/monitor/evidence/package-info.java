/** The evidence vocabulary: what a run records, and nothing about what it means. */
@NullMarked
package cofferdam.monitor.evidence;

import org.jspecify.annotations.NullMarked;
