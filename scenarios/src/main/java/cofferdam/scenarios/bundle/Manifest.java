package cofferdam.scenarios.bundle;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The list of a bundle's files, {@code manifest.json}. It is written last: a folder without it is
 * no bundle.
 *
 * @param format always {@link #FORMAT}
 * @param version of the format, from 1 to {@link #VERSION}
 * @param tool the version of the program that wrote it; null in version 1
 * @param files every file but the manifest and its signature, ordered by path
 */
public record Manifest(
        String format,
        int version,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String tool,
        List<Entry> files) {

    /** Its name in the bundle. */
    public static final String NAME = "manifest.json";

    /**
     * The newest version of the format. Version 2 has the tool's version, and a signature beside it;
     * version 3 tells of every run what its monitor's makers say of its isolation.
     */
    public static final int VERSION = 3;

    /** From this version on every run tells what its monitor's makers say of its isolation. */
    public static final int VERSION_WITH_SECURITY_SUPPORT = 3;

    static final String FORMAT = "cofferdam-bundle";

    /** From this version on the manifest says which program wrote it. */
    private static final int VERSION_WITH_TOOL = 2;

    /** A manifest larger than this, in bytes, is not read. */
    static final long MAXIMUM_BYTES = 64L << 20;

    /** No part is {@code .} or {@code ..}, and there are no more than a run's own folders need. */
    private static final Pattern PATH = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9][A-Za-z0-9._-]{0,99}){0,8}");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

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
    public record Entry(String path, long bytes, String sha256) {}

    static Manifest of(String tool, List<Entry> files) {
        return new Manifest(FORMAT, VERSION, tool, List.copyOf(files));
    }

    /** The manifest of a folder; empty if the folder is not a bundle. */
    static Optional<Manifest> in(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                || Files.size(file) > MAXIMUM_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(lenient(Files.readAllBytes(file)));
        } catch (BundleException notOurs) {
            return Optional.empty();
        }
    }

    private static Manifest lenient(byte[] file) throws BundleException {
        try {
            Manifest manifest = MAPPER.readValue(file, Manifest.class);
            boolean ours = manifest != null
                    && FORMAT.equals(manifest.format)
                    && manifest.files != null
                    && manifest.files.stream()
                            .allMatch(entry ->
                                    entry != null && entry.path != null && entry.sha256 != null);
            if (ours) {
                return manifest;
            }
            throw new BundleException("it is not of the format '%s'".formatted(FORMAT));
        } catch (JacksonException notJson) {
            throw new BundleException("it is no JSON: " + notJson.getOriginalMessage(), notJson);
        }
    }

    /**
     * The manifest in these bytes, which must be exactly what is written of it.
     *
     * @throws BundleException if it is no manifest of a version that is known, or differs in any
     *     byte from what its contents make; the message does not name the file
     */
    public static Manifest parse(byte[] file) throws BundleException {
        Manifest manifest = lenient(file);
        if (manifest.version < 1 || manifest.version > VERSION) {
            throw new BundleException("it is of version %d; this program reads versions 1 to %d"
                    .formatted(manifest.version, VERSION));
        }
        if ((manifest.tool != null) != (manifest.version >= VERSION_WITH_TOOL)
                || !Arrays.equals(manifest.toJson(), file)) {
            throw new BundleException("it is not in the form in which it is written");
        }
        String before = "";
        for (Entry entry : manifest.files) {
            check(entry, before);
            before = entry.path;
        }
        return manifest;
    }

    private static void check(Entry entry, String before) throws BundleException {
        boolean own = entry.path.equals(NAME) || entry.path.equals(ManifestSignature.NAME);
        if (own || !PATH.matcher(entry.path).matches()) {
            throw new BundleException(
                    "it lists '%s', which is no path of a bundle".formatted(entry.path));
        }
        if (entry.bytes < 0 || !HASH.matcher(entry.sha256).matches()) {
            throw new BundleException(
                    "it gives '%s' no proper length or hash".formatted(entry.path));
        }
        if (entry.path.compareTo(before) <= 0) {
            throw new BundleException("it lists '%s' after '%s'".formatted(entry.path, before));
        }
    }

    byte[] toJson() {
        return MAPPER.writeValueAsBytes(this);
    }
}
