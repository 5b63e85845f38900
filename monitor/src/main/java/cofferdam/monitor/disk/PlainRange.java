package cofferdam.monitor.disk;

/**
 * Bytes of an enciphered volume that are not enciphered.
 *
 * @param name what they are, in words
 * @param offset in the volume, in bytes
 * @param length in bytes
 */
public record PlainRange(String name, long offset, long length) {}
