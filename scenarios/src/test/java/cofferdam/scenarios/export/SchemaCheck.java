package cofferdam.scenarios.export;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Holds documents against JSON Schemas. */
public final class SchemaCheck {

    private final Schema schema;

    private SchemaCheck(SpecificationVersion version, String text) {
        this.schema = SchemaRegistry.withDefaultDialect(version).getSchema(text);
    }

    /** Against one of the program's own schemas. */
    public static SchemaCheck own(String name) {
        return new SchemaCheck(
                SpecificationVersion.DRAFT_2020_12, JsonSchemas.text(name).orElseThrow());
    }

    /** Against the schema of SARIF 2.1.0 as its committee publishes it. */
    public static SchemaCheck sarif() {
        String path = "schema/sarif-schema-2.1.0.json";
        try (InputStream in = SchemaCheck.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("resource %s is missing".formatted(path));
            }
            return new SchemaCheck(
                    SpecificationVersion.DRAFT_7,
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a document, one line each. */
    public List<String> problems(String document) {
        return schema
                .validate(
                        document,
                        InputFormat.JSON,
                        context -> context.executionConfig(
                                config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }
}
