package cofferdam.scenarios.signature;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.util.PrivateKeyFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/** An Ed25519 key whose owner can sign. */
public final class SigningKey {

    private static final String LABEL = "PRIVATE KEY";

    /** RFC 8410, section 3. */
    private static final ASN1ObjectIdentifier ED25519 = new ASN1ObjectIdentifier("1.3.101.112");

    private final Ed25519PrivateKeyParameters key;

    private SigningKey(Ed25519PrivateKeyParameters key) {
        this.key = key;
    }

    /** A new key. */
    public static SigningKey generate(SecureRandom random) {
        return new SigningKey(new Ed25519PrivateKeyParameters(random));
    }

    /**
     * Reads the key in a PEM file, {@code PRIVATE KEY} without a password (PKCS #8, RFC 8410).
     *
     * @throws KeyException if the file cannot be read or holds no such key
     */
    public static SigningKey read(Path file) throws KeyException {
        Pem pem = Pem.read(file);
        if (!pem.label().equals(LABEL)) {
            throw new KeyException("'%s' holds a %s, not a %s without a password"
                    .formatted(file, pem.label(), LABEL));
        }
        try {
            if (PrivateKeyFactory.createKey(pem.content())
                    instanceof Ed25519PrivateKeyParameters key) {
                return new SigningKey(key);
            }
        } catch (IOException | RuntimeException malformed) {
            // Bouncy Castle answers malformed ASN.1 with exceptions of many kinds.
            throw new KeyException("'%s' holds no private key".formatted(file), malformed);
        }
        throw new KeyException("'%s' holds a key, but not of Ed25519".formatted(file));
    }

    /** The half that others may have. */
    public VerifyingKey publicHalf() {
        return new VerifyingKey(key.generatePublicKey());
    }

    /** The signature of these bytes, 64 bytes (RFC 8032, section 5.1.6). */
    public byte[] sign(byte[] message) {
        Ed25519Signer signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /** The key as a PEM file; whoever has it can sign. */
    String pem() {
        try {
            byte[] encoded = new PrivateKeyInfo(
                            new AlgorithmIdentifier(ED25519), new DEROctetString(key.getEncoded()))
                    .getEncoded();
            return new Pem(LABEL, encoded).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
