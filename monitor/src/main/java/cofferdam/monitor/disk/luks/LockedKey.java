package cofferdam.monitor.disk.luks;

/** A volume key as a key slot has it. */
final class LockedKey {

    private final KeySlot slot;
    private final String cipher;
    private final String hash;
    private final int keyBytes;
    private final int stripes;
    private final byte[] salt;

    /**
     * @param cipher what the stripes are enciphered by
     * @param hash what they were split by
     * @param keyBytes the size of the volume key and of the area's key
     * @param salt for the passphrase; not copied
     */
    LockedKey(KeySlot slot, String cipher, String hash, int keyBytes, int stripes, byte[] salt) {
        this.slot = slot;
        this.cipher = cipher;
        this.hash = hash;
        this.keyBytes = keyBytes;
        this.stripes = stripes;
        this.salt = salt;
    }

    KeySlot slot() {
        return slot;
    }

    String cipher() {
        return cipher;
    }

    String hash() {
        return hash;
    }

    int keyBytes() {
        return keyBytes;
    }

    int stripes() {
        return stripes;
    }

    byte[] salt() {
        return salt;
    }
}
