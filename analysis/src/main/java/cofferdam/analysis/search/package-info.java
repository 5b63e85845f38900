/** Finding literals and regular expressions in bytes, fast. */
@NullMarked
package cofferdam.analysis.search;

import org.jspecify.annotations.NullMarked;
