/**
 * Scenarios, the suites they form, what is expected of them, and the runner. {@link
 * cofferdam.scenarios.ScenarioRunner} is the front door.
 */
@NullMarked
package cofferdam.scenarios;

import org.jspecify.annotations.NullMarked;
