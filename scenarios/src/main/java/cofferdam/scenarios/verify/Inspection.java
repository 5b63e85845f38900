package cofferdam.scenarios.verify;

import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.bundle.Manifest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A bundle's files held against its manifest, and the manifest against its signature. */
public final class Inspection {

    /** A manifest larger than this, in bytes, is not read. */
    private static final int MAXIMUM_MANIFEST_BYTES = 64 << 20;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path root;
    private final Manifest manifest;
    private final Signature signature;
    private final Inventory inventory;

    private Inspection(Path root, Manifest manifest, Signature signature, Inventory inventory) {
        this.root = root;
        this.manifest = manifest;
        this.signature = signature;
        this.inventory = inventory;
    }

    /** The bundle cannot be looked at any further than its manifest. */
    public static final class UnusableManifestException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableManifestException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Opens a bundle.
     *
     * @param folder which may be named by a link
     * @param wanted the fingerprint of the key that it must be signed with, or null for any
     * @param mayBeUnsigned whether an unsigned bundle is good enough
     * @throws BundleException if there is no manifest, or it cannot be read
     * @throws UnusableManifestException if the manifest is not one that the program writes
     */
    public static Inspection of(Path folder, @Nullable String wanted, boolean mayBeUnsigned)
            throws BundleException, UnusableManifestException {
        try {
            Path root = folder.toRealPath();
            byte[] bytes = manifestBytes(folder, root.resolve(Manifest.NAME));
            Manifest manifest = parse(bytes);
            return new Inspection(
                    root,
                    manifest,
                    Signature.of(root, bytes, wanted, mayBeUnsigned),
                    Inventory.of(root, manifest));
        } catch (IOException e) {
            throw new BundleException("'%s' cannot be read: %s".formatted(folder, e), e);
        }
    }

    private static byte[] manifestBytes(Path folder, Path file)
            throws BundleException, IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleException("'%s' is not a bundle of Cofferdam: it has no %s"
                    .formatted(folder, Manifest.NAME));
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(MAXIMUM_MANIFEST_BYTES + 1);
            if (bytes.length > MAXIMUM_MANIFEST_BYTES) {
                throw new BundleException("%s of '%s' is larger than %d bytes"
                        .formatted(Manifest.NAME, folder, MAXIMUM_MANIFEST_BYTES));
            }
            return bytes;
        }
    }

    private static Manifest parse(byte[] bytes) throws UnusableManifestException {
        try {
            return Manifest.parse(bytes);
        } catch (BundleException e) {
            throw new UnusableManifestException(String.valueOf(e.getMessage()), e);
        }
    }

    /** What the bundle says it has. */
    public Manifest manifest() {
        return manifest;
    }

    /** Who answers for it. */
    public Signature signature() {
        return signature;
    }

    /** What is wrong with the signature, and what is there that should not be. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        signature.problem().ifPresent(problems::add);
        problems.addAll(inventory.problems());
        return problems;
    }

    /** Whether a file is as the manifest says; reads all of it. Several may be checked at once. */
    public Optional<Problem> check(Manifest.Entry entry) {
        if (!inventory.isPlain(entry.path())) {
            boolean named = inventory.problems().stream()
                    .anyMatch(problem -> problem.file().equals(entry.path())
                            || problem.file().equals(entry.path() + "/"));
            return named
                    ? Optional.empty()
                    : Optional.of(new Problem(
                            Problem.Kind.MISSING, entry.path(), "the manifest lists it"));
        }
        try {
            return difference(entry, root.resolve(entry.path()))
                    .map(detail -> new Problem(Problem.Kind.CHANGED, entry.path(), detail));
        } catch (IOException e) {
            return Optional.of(
                    new Problem(Problem.Kind.CHANGED, entry.path(), "it cannot be read: " + e));
        }
    }

    private static Optional<String> difference(Manifest.Entry entry, Path file) throws IOException {
        long size = Files.size(file);
        if (size != entry.bytes()) {
            return Optional.of(
                    "it has %d bytes, the manifest says %d".formatted(size, entry.bytes()));
        }
        String hash = hash(file);
        return hash.equals(entry.sha256())
                ? Optional.empty()
                : Optional.of(
                        "its SHA-256 is %s, the manifest says %s".formatted(hash, entry.sha256()));
    }

    private static String hash(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                DigestInputStream digest =
                        new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            int read = 0;
            while (read >= 0) {
                read = digest.read(buffer);
            }
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
