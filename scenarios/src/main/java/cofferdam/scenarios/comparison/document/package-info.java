/** A comparison as people and programs read it: a document and its forms, JSON and CSV. */
@NullMarked
package cofferdam.scenarios.comparison.document;

import org.jspecify.annotations.NullMarked;
