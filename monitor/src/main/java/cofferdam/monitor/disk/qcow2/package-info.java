/**
 * QEMU's qcow2 images, versions 2 and 3: read, walked and checked as hostile input, and written as
 * disks of emulated guests. The source of the layouts is <i>Qcow2 Image File Format</i> of QEMU's
 * interoperability documents; sections are named after it.
 */
@NullMarked
package cofferdam.monitor.disk.qcow2;

import org.jspecify.annotations.NullMarked;
