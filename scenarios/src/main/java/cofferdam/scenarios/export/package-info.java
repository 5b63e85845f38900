/**
 * Results in the forms that other programs read: JUnit XML, SARIF and Markdown. Reasons and names
 * are foreign text here and are escaped for each form.
 */
@NullMarked
package cofferdam.scenarios.export;

import org.jspecify.annotations.NullMarked;
