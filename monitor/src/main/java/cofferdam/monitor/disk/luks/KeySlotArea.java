package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.SectorCipher;

import java.util.Arrays;

/** The stripes of a volume key as they are enciphered in a key slot's area. */
final class KeySlotArea {

    /** Key slots are always in sectors of 512 bytes, numbered from their beginning. */
    private static final int SECTOR = 512;

    private KeySlotArea() {}

    /** Enciphers stripes, filled up with zeros to whole sectors. */
    static byte[] lock(CipherMode mode, byte[] slotKey, byte[] stripes) {
        byte[] area = Arrays.copyOf(stripes, (int) sectors(stripes.length) * SECTOR);
        SectorCipher cipher = mode.cipher(slotKey, SECTOR);
        cipher.encrypt(0, area, 0, area.length);
        return area;
    }

    /** Deciphers an area of whole sectors in place. */
    static void unlock(CipherMode mode, byte[] slotKey, byte[] area) {
        mode.cipher(slotKey, SECTOR).decrypt(0, area, 0, area.length);
    }

    /** How many sectors these bytes take. */
    static long sectors(long bytes) {
        return Math.ceilDiv(bytes, (long) SECTOR);
    }
}
