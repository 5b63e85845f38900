/**
 * HTML as a tree of typed nodes. Text can only get into a page through {@link
 * cofferdam.scenarios.report.html.Visible} and escaping; scripts, styles, event handlers and
 * addresses cannot be made of text at all.
 */
@NullMarked
package cofferdam.scenarios.report.html;

import org.jspecify.annotations.NullMarked;
