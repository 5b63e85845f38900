/**
 * What a real guest is started from: a stock Linux kernel with its modules, BusyBox, and an initial
 * file system in memory (initramfs) that is made of them here.
 */
@NullMarked
package cofferdam.monitor.initramfs;

import org.jspecify.annotations.NullMarked;
