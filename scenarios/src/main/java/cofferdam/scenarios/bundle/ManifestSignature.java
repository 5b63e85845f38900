package cofferdam.scenarios.bundle;

import cofferdam.scenarios.signature.SigningKey;
import cofferdam.scenarios.signature.VerifyingKey;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Who answers for a manifest, {@code manifest.sig}.
 *
 * @param algorithm always {@link #ALGORITHM}
 * @param publicKey the DER-encoded SubjectPublicKeyInfo in base64 (RFC 8410)
 * @param signature 64 bytes over the bytes of {@code manifest.json}, in base64 (RFC 8032)
 */
public record ManifestSignature(String algorithm, String publicKey, String signature) {

    /** Its name in the bundle. */
    public static final String NAME = "manifest.sig";

    static final String ALGORITHM = "Ed25519";

    /** A longer file is not read, in bytes. */
    public static final int MAXIMUM_BYTES = 4096;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    static ManifestSignature of(byte[] manifest, SigningKey key) {
        Base64.Encoder encoder = Base64.getEncoder();
        return new ManifestSignature(
                ALGORITHM,
                encoder.encodeToString(key.publicHalf().encoded()),
                encoder.encodeToString(key.sign(manifest)));
    }

    /** The signature in these bytes; empty unless {@link #toJson} gives exactly them. */
    public static Optional<ManifestSignature> parse(byte[] file) {
        try {
            ManifestSignature read = MAPPER.readValue(file, ManifestSignature.class);
            boolean whole = read != null
                    && ALGORITHM.equals(read.algorithm)
                    && read.publicKey != null
                    && read.signature != null
                    && Arrays.equals(read.toJson(), file);
            return whole ? Optional.of(read) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** Whose key it is, if it is one that made this signature of the manifest. */
    public Optional<VerifyingKey> signerOf(byte[] manifest) {
        try {
            byte[] made = decoded(signature);
            return VerifyingKey.decode(decoded(publicKey))
                    .filter(key -> key.verifies(manifest, made));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /**
     * The bytes in the one spelling that encoding them gives. The decoder ignores the bits of the last
     * digit that no byte needs, so other spellings of the same bytes would be taken too.
     */
    private static byte[] decoded(String base64) {
        byte[] bytes = Base64.getDecoder().decode(base64);
        if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
            throw new IllegalArgumentException("not as it is encoded");
        }
        return bytes;
    }

    byte[] toJson() {
        return MAPPER.writeValueAsBytes(this);
    }
}
