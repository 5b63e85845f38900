/** Attacks on disks: on image files from the host, and on others' space from inside a guest. */
@NullMarked
package cofferdam.attacks.disk;

import org.jspecify.annotations.NullMarked;
