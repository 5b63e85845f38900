/**
 * The FAT file systems of DOS, Windows and UEFI firmware: FAT12, FAT16 and FAT32 with long names. Read
 * only; {@link FatFileSystem} is the front.
 *
 * <p>Source of the format: Microsoft Extensible Firmware Initiative FAT32 File System Specification,
 * version 1.03 (2000), called FATGEN below.
 */
@NullMarked
package cofferdam.monitor.disk.fat;

import org.jspecify.annotations.NullMarked;
