package cofferdam.scenarios.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folder that is to become a bundle, and its hidden siblings: the one that is being filled and,
 * for a moment, the one that it replaces. Their names end in the process's id, so that what a
 * killed process left behind is recognised and cleared away by the next one.
 */
final class Target {

    private final Path folder;
    private final Path parent;
    private final String name;

    private Target(Path folder, Path parent, String name) {
        this.folder = folder;
        this.parent = parent;
        this.name = name;
    }

    /**
     * The folder, if a bundle may be written there.
     *
     * @throws BundleException if it is something else than a bundle or an empty folder, or cannot
     *     be made
     */
    static Target at(Path out) throws BundleException {
        Path folder = out.toAbsolutePath().normalize();
        Path parent = folder.getParent();
        Path name = folder.getFileName();
        if (parent == null || name == null) {
            throw new BundleException("output '%s' is the root of a file system".formatted(out));
        }
        Target target = new Target(folder, parent, name.toString());
        try {
            target.check();
        } catch (IOException failed) {
            throw new BundleException(
                    "output '%s' cannot be read: %s".formatted(out, failed), failed);
        }
        return target;
    }

    private void check() throws IOException, BundleException {
        Path existing = parent;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            throw new BundleException("output '%s' cannot be made: '%s' is not a writable folder"
                    .formatted(folder, existing));
        }
        restoreAfterKill();
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new BundleException("output '%s' exists and is not a folder".formatted(folder));
        }
        if (!Folders.isEmpty(folder)) {
            checkReplaceable();
        }
    }

    private void checkReplaceable() throws IOException, BundleException {
        Optional<Manifest> manifest = Manifest.in(folder);
        if (manifest.isEmpty()) {
            throw new BundleException(
                    "output '%s' exists and is not a bundle of Cofferdam; it is left as it is"
                            .formatted(folder));
        }
        Set<String> own = new HashSet<>(List.of(Manifest.NAME, ManifestSignature.NAME));
        manifest.get().files().forEach(entry -> own.add(entry.path()));
        for (String file : Folders.files(folder)) {
            if (!own.contains(file)) {
                throw new BundleException(
                        "output '%s' holds '%s', which is not of the bundle there; it is left as it is"
                                .formatted(folder, file));
            }
        }
    }

    /** Where the bundle is filled until it is complete. */
    Path partial() {
        return sibling("partial", ProcessHandle.current().pid());
    }

    /** Makes the filled folder the bundle, in place of one that was there. */
    void replaceBy(Path filled) throws IOException {
        Path replaced = sibling("replaced", ProcessHandle.current().pid());
        boolean exists = Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
        if (exists) {
            Files.move(folder, replaced, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(filled, folder, StandardCopyOption.ATOMIC_MOVE);
        if (exists) {
            Folders.delete(replaced);
        }
    }

    private Path sibling(String kind, long process) {
        return parent.resolve(".%s.%s-%d".formatted(name, kind, process));
    }

    /**
     * A process that was killed between the two moves left the old bundle beside its place; others
     * left halves.
     */
    private void restoreAfterKill() throws IOException {
        if (!Files.isDirectory(parent)) {
            return;
        }
        for (Path abandoned : abandoned("replaced")) {
            if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                Folders.delete(abandoned);
            } else {
                Files.move(abandoned, folder, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        for (Path abandoned : abandoned("partial")) {
            Folders.delete(abandoned);
        }
    }

    private List<Path> abandoned(String kind) throws IOException {
        String prefix = ".%s.%s-".formatted(name, kind);
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(path -> isAbandoned(path, prefix)).sorted().toList();
        }
    }

    private static boolean isAbandoned(Path path, String prefix) {
        String name = String.valueOf(path.getFileName());
        if (!name.startsWith(prefix) || !name.substring(prefix.length()).matches("[0-9]{1,18}")) {
            return false;
        }
        long process = Long.parseLong(name.substring(prefix.length()));
        return ProcessHandle.of(process).isEmpty();
    }
}
