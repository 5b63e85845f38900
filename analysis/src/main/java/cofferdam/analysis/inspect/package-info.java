/**
 * What a capture shows to somebody who looks: who talked to whom, who claimed which address, and
 * which frames bear a comment. {@link cofferdam.analysis.inspect.CaptureInspection} is the front
 * door. Captures may come from anywhere.
 */
@NullMarked
package cofferdam.analysis.inspect;

import org.jspecify.annotations.NullMarked;
