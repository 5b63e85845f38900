/**
 * What a build may fail on: the violations that were known before, and the risks that somebody
 * accepted until a day. Nothing of it goes into a bundle.
 */
@NullMarked
package cofferdam.scenarios.baseline;

import org.jspecify.annotations.NullMarked;
