/** The emulated network: network interfaces, cables, switches, hubs and the filters of policies. */
@NullMarked
package cofferdam.monitor.net;

import org.jspecify.annotations.NullMarked;
