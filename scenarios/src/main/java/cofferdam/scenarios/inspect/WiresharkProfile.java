package cofferdam.scenarios.inspect;

import cofferdam.monitor.evidence.Sha256;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A profile of Wireshark that shows what Cofferdam's captures have: colours for proofs and for what
 * attacks look like, columns for interface and comment, buttons for filters (Wireshark User's
 * Guide, appendix B). A list of its files' hashes beside them tells a profile that somebody has
 * changed from one that may be replaced.
 */
public final class WiresharkProfile {

    /** What Wireshark calls it. */
    public static final String NAME = "cofferdam";

    private static final String PROFILES = "profiles";
    private static final String MARKER = "cofferdam.sha256";
    private static final List<String> FILES =
            List.of("colorfilters", "dfilter_buttons", "preferences");

    /** The marker has a line of about 90 bytes a file. */
    private static final int MAXIMUM_MARKER_BYTES = 4096;

    private static final int MAXIMUM_FILE_BYTES = 1 << 20;

    private final Path folder;

    /**
     * The profile in a configuration folder.
     *
     * @param configuration Wireshark's own, such as {@code ~/.config/wireshark}
     */
    public WiresharkProfile(Path configuration) {
        folder = configuration.resolve(PROFILES).resolve(NAME);
    }

    /** Where it is. */
    public Path folder() {
        return folder;
    }

    /** Whether nothing would be lost: there is none, or it is as it was installed. */
    public boolean isReplaceable() throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        Path marker = folder.resolve(MARKER);
        if (!Files.isRegularFile(marker) || Files.size(marker) > MAXIMUM_MARKER_BYTES) {
            return isEmpty();
        }
        SortedMap<String, byte[]> present = new TreeMap<>();
        for (String name : FILES) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file) && Files.size(file) <= MAXIMUM_FILE_BYTES) {
                present.put(name, Files.readAllBytes(file));
            }
        }
        return Files.readString(marker, StandardCharsets.ISO_8859_1).equals(hashes(present));
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.findAny().isEmpty();
        }
    }

    /** Writes it, over whatever is there; files that it does not have stay. */
    public void install() throws IOException {
        Files.createDirectories(folder);
        SortedMap<String, byte[]> contents = contents();
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            put(file.getKey(), file.getValue());
        }
        put(MARKER, hashes(contents).getBytes(StandardCharsets.ISO_8859_1));
    }

    private void put(String name, byte[] content) throws IOException {
        Path partial = Files.createTempFile(folder, "." + name, ".partial");
        try {
            Files.write(partial, content);
            Files.move(
                    partial,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static SortedMap<String, byte[]> contents() {
        SortedMap<String, byte[]> contents = new TreeMap<>();
        for (String name : FILES) {
            try (InputStream in = WiresharkProfile.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("there is no resource " + name);
                }
                contents.put(name, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return contents;
    }

    private static String hashes(SortedMap<String, byte[]> files) {
        return files.entrySet().stream()
                .map(file -> "%s  %s\n".formatted(Sha256.of(file.getValue()), file.getKey()))
                .collect(Collectors.joining());
    }
}
