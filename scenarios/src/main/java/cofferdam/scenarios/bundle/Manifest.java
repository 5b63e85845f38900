package cofferdam.scenarios.bundle;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The list of a bundle's files, {@code manifest.json}. It is written last: a folder without it is
 * no bundle.
 *
 * @param format always {@link #FORMAT}
 * @param version of the format, {@link #VERSION}
 * @param files every file but the manifest itself, ordered by path
 */
record Manifest(String format, int version, List<Entry> files) {

    static final String NAME = "manifest.json";
    static final String SIGNATURE_NAME = "manifest.sig";
    static final String FORMAT = "cofferdam-bundle";
    static final int VERSION = 1;

    /** A manifest larger than this, in bytes, is not read. */
    static final long MAXIMUM_BYTES = 64L << 20;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /**
     * A file of the bundle.
     *
     * @param path relative to the bundle, with forward slashes
     * @param bytes its length
     * @param sha256 64 lower-case hexadecimal digits
     */
    record Entry(String path, long bytes, String sha256) {}

    static Manifest of(List<Entry> files) {
        return new Manifest(FORMAT, VERSION, List.copyOf(files));
    }

    /** The manifest of a folder; empty if the folder is not a bundle. */
    static Optional<Manifest> in(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > MAXIMUM_BYTES) {
            return Optional.empty();
        }
        try {
            Manifest manifest = MAPPER.readValue(Files.readAllBytes(file), Manifest.class);
            boolean ours =
                    manifest != null && FORMAT.equals(manifest.format) && manifest.files != null;
            return ours ? Optional.of(manifest) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    byte[] toJson() {
        return MAPPER.writeValueAsBytes(this);
    }
}
