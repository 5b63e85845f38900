package cofferdam.monitor.image;

import cofferdam.monitor.disk.integrity.TrustedRoot;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * What the monitor keeps of one disk where nobody who reaches the image file reaches it, as a
 * trusted platform module keeps it: the keys, and the root that the disk is held against.
 */
public final class Vault {

    private static final int KEY_BYTES = 32;

    private final byte[] passphrase;
    private final byte[] key = new byte[KEY_BYTES];
    private final TrustedRoot root = TrustedRoot.inMemory();
    private final RandomGenerator random;

    /** Fresh keys: a passphrase of random bytes. */
    public Vault(RandomGenerator random) {
        this(random, bytes(random));
    }

    private Vault(RandomGenerator random, byte[] passphrase) {
        this.random = random;
        this.passphrase = passphrase;
        random.nextBytes(key);
    }

    /** Fresh keys: a passphrase in hexadecimal digits, for monitors that take text alone. */
    public static Vault ofText(RandomGenerator random) {
        String digits = HexFormat.of().formatHex(bytes(random));
        return new Vault(random, digits.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] bytes(RandomGenerator random) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What opens the disk's LUKS header. */
    public byte[] passphrase() {
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
