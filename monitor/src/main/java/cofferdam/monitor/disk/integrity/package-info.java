/**
 * Disks that notice changes made behind their back. {@link
 * cofferdam.monitor.disk.integrity.HashTreeDisk} hashes plain blocks; {@link
 * cofferdam.monitor.disk.integrity.AeadDisk} enciphers and authenticates them. Both keep their root
 * outside the image, so an older copy of the whole image is noticed too. Both are written for a
 * monitor that stops in order: after a loss of power between a write and the next flush the image
 * does not match the root, and is reported as damaged.
 */
@NullMarked
package cofferdam.monitor.disk.integrity;

import org.jspecify.annotations.NullMarked;
