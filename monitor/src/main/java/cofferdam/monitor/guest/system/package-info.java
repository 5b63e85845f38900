/** A guest's operating system on its disk: how it is installed, how it boots, and its files. */
@NullMarked
package cofferdam.monitor.guest.system;

import org.jspecify.annotations.NullMarked;
