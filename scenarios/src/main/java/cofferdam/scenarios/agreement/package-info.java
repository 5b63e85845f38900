/**
 * Whether monitors agree: the same scenarios under the same policies on each of them, and for every
 * verdict that differs the cause that the evidence has. Pure: whoever uses it has made the runs.
 */
@NullMarked
package cofferdam.scenarios.agreement;

import org.jspecify.annotations.NullMarked;
