/** What an audit of disk images tells, in the forms that programs read. */
@NullMarked
package cofferdam.scenarios.audit;

import org.jspecify.annotations.NullMarked;
