package cofferdam.scenarios.signature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The folder of a user's own key: {@code signing-key.pem}, which nobody else may read, and beside
 * it {@code signing-key.pub.pem} for others to verify with.
 */
public final class KeyFolder {

    private static final String PRIVATE = "signing-key.pem";
    private static final String PUBLIC = "signing-key.pub.pem";

    private final Path folder;

    /** The folder, which need not be there yet. */
    public KeyFolder(Path folder) {
        this.folder = folder;
    }

    /** Where the key is. */
    public Path file() {
        return folder.resolve(PRIVATE);
    }

    /** Whether the user has a key already. */
    public boolean hasKey() {
        return Files.isRegularFile(file());
    }

    /**
     * The user's key, made if there is none. Of several processes that come first at once, all get
     * the same key.
     *
     * @throws KeyException if it can be neither read nor made
     */
    public SigningKey key() throws KeyException {
        if (!Files.exists(file(), LinkOption.NOFOLLOW_LINKS)) {
            make();
        }
        return SigningKey.read(file());
    }

    private void make() throws KeyException {
        SigningKey made = SigningKey.generate(new SecureRandom());
        try {
            makeFolder();
            if (put(PRIVATE, made.pem(), "rw-------")) {
                put(PUBLIC, made.publicHalf().pem(), "rw-r--r--");
            }
        } catch (IOException e) {
            throw new KeyException("no key can be made in '%s': %s".formatted(folder, e), e);
        }
    }

    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            try {
                Files.createDirectory(
                        folder, PosixFilePermissions.asFileAttribute(permissions("rwx------")));
            } catch (FileAlreadyExistsException otherProcess) {
                // That it is there is all that is wanted.
            }
        }
    }

    /**
     * Makes a file that is complete as soon as it is there. False if another process was first,
     * whose file stays.
     */
    private boolean put(String name, String content, String permissions) throws IOException {
        Path partial = Files.createTempFile(
                folder,
                "." + name,
                ".partial",
                PosixFilePermissions.asFileAttribute(permissions(permissions)));
        try {
            Files.write(partial, content.getBytes(StandardCharsets.US_ASCII));
            // A link, unlike a move, fails where there is a file already.
            Files.createLink(folder.resolve(name), partial);
            return true;
        } catch (FileAlreadyExistsException otherProcess) {
            return false;
        } finally {
            Files.delete(partial);
        }
    }

    private static Set<PosixFilePermission> permissions(String text) {
        return PosixFilePermissions.fromString(text);
    }
}
