/**
 * The Transmission Control Protocol (RFC 9293) of an emulated guest: {@link
 * cofferdam.monitor.guest.tcp.TcpSockets} is the door, and a {@link
 * cofferdam.monitor.guest.tcp.TcpConnection} is what an application holds. There is no selective
 * acknowledgment, no window scaling, no timestamp and no delayed acknowledgment.
 */
@NullMarked
package cofferdam.monitor.guest.tcp;

import org.jspecify.annotations.NullMarked;
