/**
 * Services by which a machine's network is put to use, and their clients: pages (UDP port 8080),
 * the discard service (RFC 863) and a character generator (RFC 864).
 */
@NullMarked
package cofferdam.monitor.guest.load;

import org.jspecify.annotations.NullMarked;
