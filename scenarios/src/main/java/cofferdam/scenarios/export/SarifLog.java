package cofferdam.scenarios.export;

import tools.jackson.core.JsonGenerator;

import java.net.URI;
import java.nio.file.Path;

/**
 * The frame of every SARIF 2.1.0 document (OASIS Standard, 27 March 2020) with one run. Called in
 * this order: {@link #begin}, {@link #rule} for each, {@link #beginResults}, the results, {@link
 * #beginNotifications}, {@link #notification} for each, {@link #end}.
 */
public final class SarifLog {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private final JsonGenerator json;

    /** Writes to this generator. */
    public SarifLog(JsonGenerator json) {
        this.json = json;
    }

    /**
     * Begins the document.
     *
     * @param version the program's
     */
    public void begin(String version) {
        json.writeStartObject();
        json.writeStringProperty("$schema", SCHEMA);
        json.writeStringProperty("version", "2.1.0");
        json.writeArrayPropertyStart("runs");
        json.writeStartObject();
        json.writeObjectPropertyStart("tool");
        json.writeObjectPropertyStart("driver");
        json.writeStringProperty("name", "cofferdam");
        json.writeStringProperty("version", version);
        json.writeArrayPropertyStart("rules");
    }

    /** Tells a rule that results can break. */
    public void rule(String id, String summary, String help, String level) {
        json.writeStartObject();
        json.writeStringProperty("id", id);
        text("shortDescription", summary);
        text("help", help);
        json.writeObjectPropertyStart("defaultConfiguration");
        json.writeStringProperty("level", level);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** Begins the results. */
    public void beginResults() {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringProperty("columnKind", "unicodeCodePoints");
        json.writeArrayPropertyStart("results");
    }

    /** Ends the results and begins what is to be said of the run itself. */
    public void beginNotifications(boolean isSuccessful) {
        json.writeEndArray();
        json.writeArrayPropertyStart("invocations");
        json.writeStartObject();
        json.writeBooleanProperty("executionSuccessful", isSuccessful);
        json.writeArrayPropertyStart("toolExecutionNotifications");
    }

    /** Says something of the run itself. */
    public void notification(String level, String text) {
        json.writeStartObject();
        json.writeStringProperty("level", level);
        text("message", text);
        json.writeEndObject();
    }

    /** Ends the document. */
    public void end() {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw(System.lineSeparator());
        json.close();
    }

    /** A message, or another object with a text. */
    public void text(String name, String value) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("text", value);
        json.writeEndObject();
    }

    /** The file that a place is in. */
    public void artifact(String path) {
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", uri(path));
        json.writeEndObject();
    }

    /** A path as a reference of a URI: relative where it lies below the current folder. */
    static String uri(String path) {
        URI here = Path.of("").toAbsolutePath().toUri();
        URI file = Path.of(path).toAbsolutePath().normalize().toUri();
        String relative = here.relativize(file).toString();
        boolean looksLikeScheme =
                !relative.equals(file.toString()) && relative.split("/", 2)[0].indexOf(':') >= 0;
        return looksLikeScheme ? "./" + relative : relative;
    }
}
