/**
 * What came of runs: verdicts held against what was expected and accepted, and the JSON that tells
 * it.
 */
@NullMarked
package cofferdam.scenarios.result;

import org.jspecify.annotations.NullMarked;
