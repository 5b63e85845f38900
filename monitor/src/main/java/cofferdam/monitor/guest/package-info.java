/** The network stack and services of an emulated guest operating system. */
@NullMarked
package cofferdam.monitor.guest;

import org.jspecify.annotations.NullMarked;
