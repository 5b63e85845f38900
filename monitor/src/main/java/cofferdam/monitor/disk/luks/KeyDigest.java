package cofferdam.monitor.disk.luks;

import java.security.MessageDigest;

/** By what a volume key is known to be the right one. */
final class KeyDigest {

    private final Pbkdf.Pbkdf2 pbkdf;
    private final byte[] salt;
    private final byte[] digest;

    /** The arrays are not copied. */
    KeyDigest(Pbkdf.Pbkdf2 pbkdf, byte[] salt, byte[] digest) {
        this.pbkdf = pbkdf;
        this.salt = salt;
        this.digest = digest;
    }

    Pbkdf.Pbkdf2 pbkdf() {
        return pbkdf;
    }

    int size() {
        return digest.length;
    }

    boolean isOf(byte[] volumeKey) {
        byte[] made = KeyDerivation.derive(pbkdf, volumeKey, salt, digest.length);
        return MessageDigest.isEqual(made, digest);
    }
}
