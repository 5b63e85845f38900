package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.ExposureGroup;
import cofferdam.analysis.audit.Finding;
import cofferdam.analysis.rules.Rule;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Severity;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

import java.io.Writer;
import java.util.List;

/** One JSON document for all images. */
public final class JsonReport implements ReportWriter {

    private final String version;
    private final FindingJson findings;
    private final JsonGenerator json;

    /**
     * Begins a report.
     *
     * @param version the program's
     */
    public JsonReport(String version, boolean showsMatches, Writer out) {
        this.version = version;
        this.findings = new FindingJson(showsMatches);
        this.json = generator(out, true);
    }

    /** A generator that leaves the writer open. */
    static JsonGenerator generator(Writer out, boolean isIndented) {
        JsonMapper.Builder builder =
                JsonMapper.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET);
        if (isIndented) {
            builder.defaultPrettyPrinter(new DefaultPrettyPrinter())
                    .enable(tools.jackson.databind.SerializationFeature.INDENT_OUTPUT);
        }
        return builder.build().createGenerator(out);
    }

    @Override
    public void begin(List<Rule> rules) {
        json.writeStartObject();
        json.writeObjectPropertyStart("tool");
        json.writeStringProperty("name", "cofferdam");
        json.writeStringProperty("version", version);
        json.writeEndObject();
        json.writeArrayPropertyStart("images");
    }

    @Override
    public void add(AuditedImage image) {
        json.writeStartObject();
        findings.members(json, image);
        json.writeArrayPropertyStart("problems");
        for (Problem problem : image.report().problems()) {
            json.writeStartObject();
            findings.members(json, problem);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("findings");
        for (Finding finding : image.report().findings()) {
            json.writeStartObject();
            findings.members(json, image.path(), finding);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("exposure");
        for (ExposureGroup group : ExposureGroup.of(image.report())) {
            json.writeStartObject();
            json.writeNumberProperty("findings", group.findings());
            json.writeStringProperty("why", group.exposure().why());
            json.writeStringProperty("remedy", group.exposure().remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.flush();
    }

    @Override
    public void end(AuditSummary summary) {
        json.writeEndArray();
        json.writeObjectPropertyStart("summary");
        json.writeNumberProperty("images", summary.images());
        json.writeNumberProperty("findings", summary.findings(Severity.LOW));
        json.writeNumberProperty("problems", summary.problems(Severity.LOW));
        json.writeNumberProperty("partial", summary.undecided());
        json.writeNumberProperty("failed", summary.failed());
        json.writeEndObject();
        json.writeEndObject();
        json.writeRaw(System.lineSeparator());
        json.close();
    }
}
