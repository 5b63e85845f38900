/**
 * Regular expressions over bytes, in RE2's syntax and with its meaning, matched in linear time. What
 * an expression is made of is open to the search engines, which prepare their scans from it.
 */
@NullMarked
package cofferdam.analysis.regex;

import org.jspecify.annotations.NullMarked;
