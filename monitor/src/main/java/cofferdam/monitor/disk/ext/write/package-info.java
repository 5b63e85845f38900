/**
 * Making ext2 and ext4 file systems and changing files in them: the driver of the emulated guests.
 * {@link cofferdam.monitor.disk.ext.write.ExtVolume} is where to begin.
 */
@NullMarked
package cofferdam.monitor.disk.ext.write;

import org.jspecify.annotations.NullMarked;
