/** Verdicts, from evidence alone. {@link cofferdam.analysis.Analysis} is the front door. */
@NullMarked
package cofferdam.analysis;

import org.jspecify.annotations.NullMarked;
