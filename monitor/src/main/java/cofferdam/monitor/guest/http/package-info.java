/** A small web server (RFC 9110, RFC 9112) over a machine's own TCP. */
@NullMarked
package cofferdam.monitor.guest.http;

import org.jspecify.annotations.NullMarked;
