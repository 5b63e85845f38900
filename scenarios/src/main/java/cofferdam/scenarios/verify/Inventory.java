package cofferdam.scenarios.verify;

import cofferdam.scenarios.bundle.Manifest;
import cofferdam.scenarios.bundle.ManifestSignature;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What lies in a bundle's folder: the plain files that its manifest lists, and whatever else there
 * is. Symbolic links are not followed.
 */
final class Inventory extends SimpleFileVisitor<Path> {

    /** The most findings that are named. */
    private static final int MAXIMUM_FINDINGS = 1000;

    private final Path root;
    private final Set<String> listed = new HashSet<>();
    private final Set<String> folders = new HashSet<>();
    private final Set<String> plain = new HashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    private Inventory(Path root, Manifest manifest) {
        this.root = root;
        listed.add(Manifest.NAME);
        listed.add(ManifestSignature.NAME);
        folders.add("");
        for (Manifest.Entry entry : manifest.files()) {
            listed.add(entry.path());
            for (int at = entry.path().indexOf('/'); at >= 0; ) {
                folders.add(entry.path().substring(0, at));
                at = entry.path().indexOf('/', at + 1);
            }
        }
    }

    static Inventory of(Path root, Manifest manifest) throws IOException {
        Inventory inventory = new Inventory(root, manifest);
        Files.walkFileTree(root, inventory);
        return inventory;
    }

    /** Whether the listed path is a plain file that is reached without a link. */
    boolean isPlain(String path) {
        return plain.contains(path);
    }

    /** What is there but should not be. */
    List<Problem> problems() {
        return List.copyOf(problems);
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = name(folder);
        if (folders.contains(name)) {
            return FileVisitResult.CONTINUE;
        }
        found(name + "/", listed.contains(name), "a folder");
        return FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = name(file);
        if (attributes.isRegularFile() && listed.contains(name)) {
            plain.add(name);
        } else {
            found(name, listed.contains(name) || folders.contains(name), kind(attributes));
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
        found(name(file), true, "unreadable: " + problem);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem) {
        if (problem != null) {
            found(name(folder) + "/", true, "unreadable: " + problem);
        }
        return FileVisitResult.CONTINUE;
    }

    private void found(String name, boolean expected, String what) {
        if (problems.size() > MAXIMUM_FINDINGS) {
            return;
        }
        if (problems.size() == MAXIMUM_FINDINGS) {
            String more = "and more; only %d are named".formatted(MAXIMUM_FINDINGS);
            problems.add(new Problem(Problem.Kind.ADDED, name, more));
            return;
        }
        problems.add(
                expected
                        ? new Problem(Problem.Kind.CHANGED, name, "it is %s".formatted(what))
                        : new Problem(
                                Problem.Kind.ADDED,
                                name,
                                "%s that the manifest does not list".formatted(what)));
    }

    private static String kind(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "a symbolic link";
        }
        return attributes.isRegularFile() ? "a file" : "a special file";
    }

    private String name(Path path) {
        return root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/");
    }
}
