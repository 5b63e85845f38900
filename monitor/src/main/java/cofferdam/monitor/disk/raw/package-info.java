/** Raw images: the disk's bytes and nothing else. */
@NullMarked
package cofferdam.monitor.disk.raw;

import org.jspecify.annotations.NullMarked;
