/**
 * Ways by which whole Ethernet frames leave this process and enter it: to virtual machine monitors,
 * and to network interfaces of this computer.
 */
@NullMarked
package cofferdam.monitor.wire;

import org.jspecify.annotations.NullMarked;
