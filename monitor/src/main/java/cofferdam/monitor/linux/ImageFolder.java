package cofferdam.monitor.linux;

import cofferdam.monitor.image.FileOnDisk;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The image files of a host, in a folder of their own: by their names alone, and none elsewhere. */
final class ImageFolder {

    /** No image of a disk of the largest size, in whatever format, is larger; in bytes. */
    static final long MAXIMUM_FILE = 256L << 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    private final Path folder;

    /**
     * A folder that is made here.
     *
     * @throws IOException if it cannot be made
     */
    ImageFolder(Path folder) throws IOException {
        this.folder = Files.createDirectory(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** The names of all files, sorted. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        } catch (IOException | DirectoryIteratorException unreadable) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    /** Where a file is, whether or not it is there. */
    Path path(String name) throws FileNotFoundException {
        if (!NAME.matcher(name).matches()) {
            throw new FileNotFoundException("'%s' is no name of an image file".formatted(name));
        }
        return folder.resolve(name);
    }

    /** A new empty file. */
    FileOnDisk create(String name) throws IOException {
        return FileOnDisk.create(path(name));
    }

    /** A file that is there. */
    FileOnDisk open(String name) throws IOException {
        Path path = path(name);
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileNotFoundException(name);
        }
        return FileOnDisk.open(path);
    }

    /** All of a file. */
    byte[] content(String name) throws IOException {
        try (FileOnDisk file = open(name)) {
            if (file.size() > MAXIMUM_FILE) {
                throw new IOException(
                        "%s has %d bytes, more than %d".formatted(name, file.size(), MAXIMUM_FILE));
            }
            return file.read(0, Math.toIntExact(file.size()));
        }
    }

    void delete(String name) throws IOException {
        Files.delete(path(name));
    }
}
