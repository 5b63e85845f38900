package cofferdam.scenarios.bundle;

import cofferdam.monitor.evidence.Sha256;
import cofferdam.scenarios.signature.SigningKey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Writes a bundle beside its place and moves it there when it is complete, so that a killed run
 * leaves nothing that looks like a bundle. A bundle that was there is replaced as a whole; any
 * other folder is refused before anything is written.
 */
public final class BundleWriter implements AutoCloseable {

    private final Target target;
    private final Path partial;
    private final String version;
    private final Optional<SigningKey> key;
    private final List<Manifest.Entry> entries = new ArrayList<>();

    private BundleWriter(Target target, Path partial, String version, Optional<SigningKey> key) {
        this.target = target;
        this.partial = partial;
        this.version = version;
        this.key = key;
    }

    /**
     * Prepares to write a bundle.
     *
     * @param out the folder that the bundle is to become
     * @param version the program's
     * @param key who signs it, if anybody does
     * @throws BundleException if there is something else than a bundle or an empty folder, or it
     *     cannot be written
     */
    public static BundleWriter create(Path out, String version, Optional<SigningKey> key)
            throws BundleException {
        Target target = Target.at(out);
        Path partial = target.partial();
        try {
            Folders.delete(partial);
            Files.createDirectories(partial);
        } catch (IOException failed) {
            throw new BundleException(
                    "output '%s' cannot be written: %s".formatted(out, failed), failed);
        }
        return new BundleWriter(target, partial, version, key);
    }

    /**
     * Adds a file.
     *
     * @param path relative to the bundle, with forward slashes
     * @throws BundleException if it cannot be written
     */
    public synchronized void add(String path, byte[] content) throws BundleException {
        write(path, content);
        entries.add(new Manifest.Entry(path, content.length, Sha256.of(content)));
    }

    /** Writes signature and manifest, the manifest last, and puts the bundle in its place. */
    public synchronized void complete() throws BundleException {
        List<Manifest.Entry> sorted = entries.stream()
                .sorted(Comparator.comparing(Manifest.Entry::path))
                .toList();
        byte[] manifest = Manifest.of(version, sorted).toJson();
        if (key.isPresent()) {
            write(
                    ManifestSignature.NAME,
                    ManifestSignature.of(manifest, key.get()).toJson());
        }
        write(Manifest.NAME, manifest);
        try {
            target.replaceBy(partial);
        } catch (IOException failed) {
            throw new BundleException(
                    "the bundle cannot be put in its place: %s".formatted(failed), failed);
        }
    }

    /** Removes what was written if it did not become a bundle. */
    @Override
    public synchronized void close() throws BundleException {
        try {
            Folders.delete(partial);
        } catch (IOException failed) {
            throw new BundleException(
                    "'%s' cannot be removed: %s".formatted(partial, failed), failed);
        }
    }

    private void write(String path, byte[] content) throws BundleException {
        Path file = partial.resolve(path).normalize();
        if (!file.startsWith(partial)) {
            throw new IllegalArgumentException("'%s' leads out of the bundle".formatted(path));
        }
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, content, StandardOpenOption.CREATE_NEW);
        } catch (IOException failed) {
            throw new BundleException("'%s' cannot be written: %s".formatted(file, failed), failed);
        }
    }
}
