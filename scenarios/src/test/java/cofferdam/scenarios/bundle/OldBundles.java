package cofferdam.scenarios.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The bundles of every version of the format that are kept among the tests' resources. Each was
 * written by the first program that knew its version, whose own version was set to 0.1.0, with
 *
 * <pre>
 * cofferdam run few-frames.yaml --policy esx-1.5.2 --policy virtual-server-1.0 --out version-N
 * </pre>
 *
 * <p>{@code few-frames.yaml} lies beside them. A bundle that is kept is never written again: it
 * shows that what people hold in their archives stays readable.
 */
public final class OldBundles {

    private static final String FOLDER = "old/";

    private OldBundles() {}

    /** The kept bundle of that version of the format. */
    public static Path version(int version) {
        return resource(FOLDER + "version-" + version);
    }

    /** The scenario whose runs the bundles keep. */
    public static Path scenario() {
        return resource(FOLDER + "few-frames.yaml");
    }

    /** Copies a bundle to where it may be changed. */
    public static Path copy(Path bundle, Path place) {
        try (Stream<Path> paths = Files.walk(bundle)) {
            paths.forEach(
                    path -> copyOne(path, place.resolve(bundle.relativize(path).toString())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return place;
    }

    private static void copyOne(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(OldBundles.class.getResource(name), name)
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
