/** What a report tells, put together from bundles and ready to be shown. */
@NullMarked
package cofferdam.scenarios.report;

import org.jspecify.annotations.NullMarked;
