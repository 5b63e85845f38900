/**
 * The file systems ext2, ext3 and ext4: their structures on disk, and reading them for an audit.
 * {@link cofferdam.monitor.disk.ext.ExtFileSystem} is where to begin.
 *
 * <p>Source of the layout: the Linux kernel's documentation, <i>ext4 Data Structures and
 * Algorithms</i> ({@code Documentation/filesystems/ext4}), called "ext4 layout" here with the name
 * of its section. All numbers are little-endian unless a comment says otherwise.
 */
@NullMarked
package cofferdam.monitor.disk.ext;

import org.jspecify.annotations.NullMarked;
