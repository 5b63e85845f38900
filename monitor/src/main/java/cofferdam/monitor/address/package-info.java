/** Addresses as values that cannot be malformed. */
@NullMarked
package cofferdam.monitor.address;

import org.jspecify.annotations.NullMarked;
