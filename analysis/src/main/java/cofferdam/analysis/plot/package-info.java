/** How memory was used over time, as a table and as a picture. */
@NullMarked
package cofferdam.analysis.plot;

import org.jspecify.annotations.NullMarked;
