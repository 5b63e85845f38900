/**
 * What the field's standards and catalogues ask for, and which scenario tests it. Knows scenarios by
 * their names and the ids that they carry, nothing more.
 */
@NullMarked
package cofferdam.scenarios.standards;

import org.jspecify.annotations.NullMarked;
