package cofferdam.scenarios.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The JSON Schemas (draft 2020-12) of the program's documents. They are strict: a member that a
 * schema does not know makes a document invalid. The last part of {@code $id} is the version of the
 * document's form; a release that adds or changes members raises it.
 */
public final class JsonSchemas {

    private static final List<JsonSchemas.Named> ALL = List.of(
            new Named("run", "standard output of 'run --format json'"),
            new Named("summary", "summary.json of a bundle"),
            new Named("verdicts", "verdicts.json of a run"),
            new Named("manifest", "manifest.json of a bundle"),
            new Named("images", "images.json of a run"),
            new Named("event", "a line of events.jsonl of a run"),
            new Named("audit", "standard output of 'audit --format json'"),
            new Named("compare", "standard output of 'compare --format json'"),
            new Named("agree", "standard output of 'agree --format json'"),
            new Named("verify", "standard output of 'verify --format json'"),
            new Named("coverage", "standard output of 'list coverage --format json'"));

    private JsonSchemas() {}

    /**
     * A schema that there is.
     *
     * @param summary the document that it is for, in a few words
     */
    public record Named(String name, String summary) {}

    /** All schemas. */
    public static List<Named> all() {
        return ALL;
    }

    /** The text of a schema; empty if there is none of that name. */
    public static Optional<String> text(String name) {
        return ALL.stream()
                .map(Named::name)
                .filter(name::equals)
                .findFirst()
                .map(JsonSchemas::read);
    }

    private static String read(String name) {
        String path = "/cofferdam/schema/%s.schema.json".formatted(name);
        try (InputStream in = JsonSchemas.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("resource %s is missing".formatted(path));
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
