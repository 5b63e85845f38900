/**
 * Ed25519 keys and signatures (RFC 8032) in the forms that OpenSSL reads: {@link
 * cofferdam.scenarios.signature.KeyFolder} keeps the user's own.
 */
@NullMarked
package cofferdam.scenarios.signature;

import org.jspecify.annotations.NullMarked;
