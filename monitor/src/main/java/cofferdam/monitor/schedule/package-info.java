/** The host's processor, and how the guests' virtual processors share it. */
@NullMarked
package cofferdam.monitor.schedule;

import org.jspecify.annotations.NullMarked;
