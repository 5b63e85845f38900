/**
 * What captures and bundles show to somebody who looks, for people and as JSON, with the command
 * that opens each proof in Wireshark.
 */
@NullMarked
package cofferdam.scenarios.inspect;

import org.jspecify.annotations.NullMarked;
