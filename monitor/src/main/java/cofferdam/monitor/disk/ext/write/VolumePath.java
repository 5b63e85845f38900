package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.ext.DirectoryEntry;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A path from the root of a file system.
 *
 * @param parts the names in it; none for the root
 */
record VolumePath(List<String> parts) {

    static VolumePath of(String text) throws FileSystemException {
        if (!text.startsWith("/")) {
            throw new FileSystemException(text, null, "a path begins with a slash");
        }
        List<String> parts =
                Stream.of(text.split("/")).filter(part -> !part.isEmpty()).toList();
        for (String part : parts) {
            if (part.equals(".") || part.equals("..") || part.indexOf('\0') >= 0) {
                throw new FileSystemException(text, null, "not a name: " + part);
            }
            if (bytes(part).length > DirectoryEntry.LONGEST_NAME) {
                throw new FileSystemException(text, null, "a name has at most 255 bytes");
            }
        }
        return new VolumePath(parts);
    }

    private static byte[] bytes(String part) {
        return part.getBytes(StandardCharsets.UTF_8);
    }

    String text() {
        return "/" + String.join("/", parts);
    }

    List<byte[]> names() {
        return parts.stream().map(VolumePath::bytes).toList();
    }

    /** The last name. */
    byte[] nameBytes() {
        return bytes(parts.getLast());
    }

    /**
     * The directory above.
     *
     * @throws FileSystemException if this is the root
     */
    VolumePath parent() throws FileSystemException {
        if (parts.isEmpty()) {
            throw new FileSystemException("/", null, "the root cannot be made or removed");
        }
        return new VolumePath(parts.subList(0, parts.size() - 1));
    }
}
