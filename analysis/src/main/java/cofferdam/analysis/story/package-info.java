/**
 * What is behind a judgement, as facts that a report can draw: the way a leak took, the frames
 * around it, the bytes that were found, the events and the memory of the time.
 */
@NullMarked
package cofferdam.analysis.story;

import org.jspecify.annotations.NullMarked;
