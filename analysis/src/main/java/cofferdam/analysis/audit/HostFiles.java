package cofferdam.analysis.audit;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host files that belong to one image. The user's own path is opened wherever it leads; a file
 * that the image names only if it lies, symbolic links resolved, in a folder that the user allows.
 */
final class HostFiles implements AutoCloseable {

    /** What QEMU takes for a protocol rather than a path: {@code json:}, {@code nbd:}, ... */
    private static final Pattern PROTOCOL =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*", Pattern.DOTALL);

    private final List<Path> allowed;
    private final List<MappedFile> files = new ArrayList<>();

    /** @param allowed folders in which named files may be opened */
    HostFiles(List<Path> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** All files opened so far, the image's own first, each once. */
    List<MappedFile> all() {
        return files;
    }

    /** Opens what the user named. */
    MappedFile open(Path path) throws IOException {
        return known(MappedFile.open(path));
    }

    /**
     * Opens what an image named, relative to that image's own folder; empty where it is not allowed
     * or not there, which are not told apart. No path outside the allowed folders is even looked up.
     */
    Optional<MappedFile> open(MappedFile from, String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0 || PROTOCOL.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            Path folder = from.path().toRealPath().resolveSibling("");
            Path wanted = folder.resolve(name.indexOf('/') < 0 ? name.replace('\\', '/') : name)
                    .normalize();
            if (!isAllowed(wanted) || !isAllowed(wanted.toRealPath())) {
                return Optional.empty();
            }
            return Optional.of(known(MappedFile.open(wanted.toRealPath())));
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }

    private boolean isAllowed(Path path) throws IOException {
        for (Path folder : allowed) {
            if (path.startsWith(folder.toRealPath())
                    || path.startsWith(folder.toAbsolutePath().normalize())) {
                return true;
            }
        }
        return false;
    }

    private MappedFile known(MappedFile opened) throws IOException {
        for (MappedFile file : files) {
            if (file.key().equals(opened.key())) {
                opened.close();
                return file;
            }
        }
        files.add(opened);
        return opened;
    }

    @Override
    public void close() throws IOException {
        for (MappedFile file : files) {
            file.close();
        }
    }
}
