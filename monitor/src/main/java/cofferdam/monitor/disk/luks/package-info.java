/**
 * LUKS, the format of Linux for enciphered disks, in its versions 1 and 2: headers read and written,
 * volumes opened by a passphrase or by the volume key, and the ciphers of their sectors.
 */
@NullMarked
package cofferdam.monitor.disk.luks;

import org.jspecify.annotations.NullMarked;
