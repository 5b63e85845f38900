package cofferdam.scenarios.signature;

import cofferdam.monitor.evidence.Sha256;

import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The public half of an Ed25519 key: tells whether somebody's signature is genuine. */
public final class VerifyingKey {

    private static final String LABEL = "PUBLIC KEY";
    private static final String PRIVATE_LABEL = "PRIVATE KEY";

    /** What stands before every such key: two sequences, the algorithm's number, a bit string. */
    private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The length of a signature in bytes. */
    private static final int SIGNATURE_BYTES = 64;

    private final Ed25519PublicKeyParameters key;

    VerifyingKey(Ed25519PublicKeyParameters key) {
        this.key = key;
    }

    /**
     * Reads the key in a PEM file, {@code PUBLIC KEY} (RFC 8410), or that which belongs to the
     * {@code PRIVATE KEY} in it.
     *
     * @throws KeyException if the file cannot be read or holds no Ed25519 key
     */
    public static VerifyingKey read(Path file) throws KeyException {
        Pem pem = Pem.read(file);
        if (pem.label().equals(PRIVATE_LABEL)) {
            return SigningKey.read(file).publicHalf();
        }
        if (!pem.label().equals(LABEL)) {
            throw new KeyException("'%s' holds a %s, no public key".formatted(file, pem.label()));
        }
        return decode(pem.content())
                .orElseThrow(() -> new KeyException("'%s' holds no Ed25519 key".formatted(file)));
    }

    /** The key in these bytes, which {@link #encoded} gave; empty if they are anything else. */
    public static Optional<VerifyingKey> decode(byte[] encoded) {
        int head = HEAD.length;
        boolean proper = encoded.length == head + Ed25519PublicKeyParameters.KEY_SIZE
                && Arrays.equals(encoded, 0, head, HEAD, 0, head);
        if (!proper) {
            return Optional.empty();
        }
        try {
            return Optional.of(new VerifyingKey(new Ed25519PublicKeyParameters(encoded, head)));
        } catch (IllegalArgumentException noPointOfTheCurve) {
            return Optional.empty();
        }
    }

    /** The key as a DER-encoded SubjectPublicKeyInfo (RFC 8410, section 4). */
    public byte[] encoded() {
        byte[] encoded = Arrays.copyOf(HEAD, HEAD.length + Ed25519PublicKeyParameters.KEY_SIZE);
        key.encode(encoded, HEAD.length);
        return encoded;
    }

    /** What people compare: {@code sha256:} and 64 hexadecimal digits of what is {@link #encoded}. */
    public String fingerprint() {
        return "sha256:" + Sha256.of(encoded());
    }

    /** The key as a PEM file. */
    public String pem() {
        return new Pem(LABEL, encoded()).text();
    }

    /** Whether this key's owner signed exactly these bytes. */
    public boolean verifies(byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        Ed25519Signer verifier = new Ed25519Signer();
        verifier.init(false, key);
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
