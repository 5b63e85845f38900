/**
 * The network stack and services of an emulated guest operating system: ARP as Linux treats it,
 * IPv4, ICMP echo, UDP with the echo service, TCP with the mail and echo services, and what an
 * ordinary user of the machine does with them. {@link cofferdam.monitor.guest.GuestNetwork} is the
 * front door.
 * Every machine's address lies on one segment: there are no routes, no fragments and no ICMP
 * errors.
 */
@NullMarked
package cofferdam.monitor.guest;

import org.jspecify.annotations.NullMarked;
