package cofferdam.monitor.disk.luks;

/**
 * A key slot in use.
 *
 * @param number its place in the header, from 0
 * @param pbkdf how a passphrase becomes its key
 * @param offset of its area in the volume, in bytes
 * @param length of its area in bytes
 */
public record KeySlot(int number, Pbkdf pbkdf, long offset, long length) {}
