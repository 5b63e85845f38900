package cofferdam.monitor.disk.luks;

/**
 * Where and how the data of a volume is enciphered.
 *
 * @param cipher as dm-crypt names it, such as {@code aes-xts-plain64}
 * @param keyBytes the size of the volume key in bytes; 0 where the header does not say
 * @param sectorSize in bytes
 * @param offset in the volume, in bytes
 * @param size in bytes: what is there of it, in whole sectors
 * @param firstNumber the number of its first sector, in units of 512 bytes
 * @param integrity what authenticates the sectors, or empty
 */
public record Payload(
        String cipher,
        int keyBytes,
        int sectorSize,
        long offset,
        long size,
        long firstNumber,
        String integrity) {}
