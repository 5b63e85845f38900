package cofferdam.monitor.disk.bitlocker;

/** The layouts of the first sector. */
public enum Variant {
    /** Of Windows Vista, close to NTFS's boot sector. */
    VISTA,
    /** Of Windows 7 and later. */
    WINDOWS_7,
    /** BitLocker To Go: to systems that do not know it, a small FAT volume. */
    TO_GO
}
