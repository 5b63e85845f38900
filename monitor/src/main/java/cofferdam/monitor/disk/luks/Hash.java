package cofferdam.monitor.disk.luks;

import org.bouncycastle.jce.provider.BouncyCastleProvider;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The hash functions of LUKS headers. */
public enum Hash {
    SHA1("SHA-1", "HmacSHA1", 20, false),
    SHA224("SHA-224", "HmacSHA224", 28, false),
    SHA256("SHA-256", "HmacSHA256", 32, false),
    SHA384("SHA-384", "HmacSHA384", 48, false),
    SHA512("SHA-512", "HmacSHA512", 64, false),
    RIPEMD160("RIPEMD160", "HmacRIPEMD160", 20, true),
    WHIRLPOOL("WHIRLPOOL", "HmacWHIRLPOOL", 64, true);

    private final String digestName;
    private final String macName;
    private final int size;
    private final boolean rare;

    Hash(String digestName, String macName, int size, boolean rare) {
        this.digestName = digestName;
        this.macName = macName;
        this.size = size;
        this.rare = rare;
    }

    /** The function that a header names so, in any case of letters; empty where it is none of these. */
    public static Optional<Hash> named(String name) {
        return Stream.of(values())
                .filter(hash -> hash.headerName().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** Its name in headers, such as {@code sha256}. */
    public String headerName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The size of a hash in bytes. */
    int size() {
        return size;
    }

    byte[] digest(byte[] bytes) {
        return digest().digest(bytes);
    }

    MessageDigest digest() {
        try {
            return rare
                    ? MessageDigest.getInstance(digestName, Rare.PROVIDER)
                    : MessageDigest.getInstance(digestName);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(digestName + " is not there", e);
        }
    }

    /** HMAC under a key, which may be empty. */
    Mac mac(byte[] key) {
        try {
            Mac mac = rare ? Mac.getInstance(macName, Rare.PROVIDER) : Mac.getInstance(macName);
            // HMAC fills keys up with zeros, so that this is the empty key, which the JDK refuses.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, macName));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(macName + " is not there", e);
        }
    }

    /** Loaded only for the hash functions that the JDK does not have. */
    private static final class Rare {
        static final Provider PROVIDER = new BouncyCastleProvider();
    }
}
