/**
 * The command line: thin commands over the other packages, and the only place that writes to the
 * standard streams.
 */
@NullMarked
package cofferdam.scenarios.cli;

import org.jspecify.annotations.NullMarked;
