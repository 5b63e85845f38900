/**
 * NTFS, read only, hostile volumes expected. {@link cofferdam.monitor.disk.ntfs.NtfsFileSystem} is
 * the way in. Names of structures and fields are those of the Linux-NTFS project's documentation.
 */
@NullMarked
package cofferdam.monitor.disk.ntfs;

import org.jspecify.annotations.NullMarked;
