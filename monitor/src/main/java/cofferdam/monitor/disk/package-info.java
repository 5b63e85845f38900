/**
 * Disks and disk images: what every container format, partition table and file system has in
 * common. The formats are packages below this one, each by itself.
 */
@NullMarked
package cofferdam.monitor.disk;

import org.jspecify.annotations.NullMarked;
