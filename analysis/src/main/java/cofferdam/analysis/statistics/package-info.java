/** Whether what was measured tells two cases apart. */
@NullMarked
package cofferdam.analysis.statistics;

import org.jspecify.annotations.NullMarked;
