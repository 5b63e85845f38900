package cofferdam.monitor.emulated;

import cofferdam.monitor.disk.integrity.TrustedRoot;

import java.util.random.RandomGenerator;

/**
 * What the monitor keeps of one disk where nobody who reaches the image file reaches it, as a
 * trusted platform module keeps it: the keys, and the root that the disk is held against.
 */
final class Vault {

    private static final int KEY_BYTES = 32;

    private final byte[] passphrase = new byte[KEY_BYTES];
    private final byte[] key = new byte[KEY_BYTES];
    private final TrustedRoot root = TrustedRoot.inMemory();
    private final RandomGenerator random;

    Vault(RandomGenerator random) {
        this.random = random;
        random.nextBytes(passphrase);
        random.nextBytes(key);
    }

    byte[] passphrase() {
        return passphrase.clone();
    }

    byte[] key() {
        return key.clone();
    }

    TrustedRoot root() {
        return root;
    }

    /** Gives identifiers and salts of the disk. */
    RandomGenerator random() {
        return random;
    }
}
