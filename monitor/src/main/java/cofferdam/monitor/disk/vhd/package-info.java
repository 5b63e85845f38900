/**
 * VHD, which {@code qemu-img} calls {@code vpc}: fixed, dynamic and differencing images. After
 * Microsoft's "Virtual Hard Disk Image Format Specification", version 1.0. Numbers are big-endian.
 */
@NullMarked
package cofferdam.monitor.disk.vhd;

import org.jspecify.annotations.NullMarked;
