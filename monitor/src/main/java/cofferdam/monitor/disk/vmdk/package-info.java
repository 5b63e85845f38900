/**
 * VMDK: descriptors, and extents that are flat, sparse or stream-optimized. After VMware's "Virtual
 * Disk Format 5.0" and, where it is silent, libyal's description of the format. Numbers are
 * little-endian and count sectors of 512 bytes.
 */
@NullMarked
package cofferdam.monitor.disk.vmdk;

import org.jspecify.annotations.NullMarked;
