package cofferdam.scenarios.verify;

import cofferdam.scenarios.bundle.Manifest;
import cofferdam.scenarios.bundle.ManifestSignature;
import cofferdam.scenarios.signature.VerifyingKey;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who answers for a bundle.
 *
 * @param state what there is to say of the signature
 * @param fingerprint of the key that made it, where it is genuine
 * @param problem what is wrong, unless it is as the user wants it
 */
public record Signature(State state, Optional<String> fingerprint, Optional<Problem> problem) {

    /** What there is to say of a signature. */
    public enum State {
        /** It is genuine, and by the wanted key if there is one. */
        VALID,
        /** There is none. */
        ABSENT,
        /** It is genuine, but by another key than the wanted one. */
        OTHER_KEY,
        /** It is not one of this manifest. */
        INVALID
    }

    /**
     * Looks at a signature.
     *
     * @param root the bundle
     * @param manifestBytes what was signed
     * @param wanted the fingerprint of the key that it must be of, or null for any
     * @param mayBeAbsent whether an unsigned bundle is good enough
     */
    static Signature of(
            Path root, byte[] manifestBytes, @Nullable String wanted, boolean mayBeAbsent) {
        Path file = root.resolve(ManifestSignature.NAME);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Optional<Problem> problem = mayBeAbsent && wanted == null
                    ? Optional.empty()
                    : Optional.of(problem("the bundle is not signed"));
            return new Signature(State.ABSENT, Optional.empty(), problem);
        }
        Optional<String> signer = bytes(file)
                .flatMap(ManifestSignature::parse)
                .flatMap(signature -> signature.signerOf(manifestBytes))
                .map(VerifyingKey::fingerprint);
        if (signer.isEmpty()) {
            return new Signature(
                    State.INVALID,
                    Optional.empty(),
                    Optional.of(problem("it is no signature of this " + Manifest.NAME)));
        }
        if (wanted != null && !wanted.equals(signer.get())) {
            return new Signature(
                    State.OTHER_KEY,
                    signer,
                    Optional.of(problem(
                            "it is by the key %s, not by %s".formatted(signer.get(), wanted))));
        }
        return new Signature(State.VALID, signer, Optional.empty());
    }

    private static Problem problem(String detail) {
        return new Problem(Problem.Kind.SIGNATURE, ManifestSignature.NAME, detail);
    }

    private static Optional<byte[]> bytes(Path file) {
        try {
            boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) <= ManifestSignature.MAXIMUM_BYTES;
            return plain ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
