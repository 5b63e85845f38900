/** The rules by which an audit knows a secret when it sees one. */
@NullMarked
package cofferdam.analysis.rules;

import org.jspecify.annotations.NullMarked;
