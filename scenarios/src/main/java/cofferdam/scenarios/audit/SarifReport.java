package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.Exposure;
import cofferdam.analysis.audit.Finding;
import cofferdam.analysis.rules.Rule;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Severity;

import tools.jackson.core.JsonGenerator;

import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SARIF 2.1.0 (OASIS Standard, 27 March 2020), written as images are done. Findings and structural
 * problems are results; a notification says so where there are more than are told.
 */
public final class SarifReport implements ReportWriter {

    /** The most results: what code-scanning services take of one run. */
    static final int MOST_RESULTS = 25_000;

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private final String version;
    private final FindingJson findings;
    private final JsonGenerator json;
    private final Map<String, Integer> ruleIndex = new HashMap<>();
    private int results;
    private int leftOut;

    /**
     * Begins a report.
     *
     * @param version the program's
     */
    public SarifReport(String version, boolean showsMatches, Writer out) {
        this.version = version;
        this.findings = new FindingJson(showsMatches);
        this.json = JsonReport.generator(out, true);
    }

    @Override
    public void begin(List<Rule> rules) {
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
        rules.forEach(this::rule);
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
        json.writeStringProperty("columnKind", "unicodeCodePoints");
        json.writeArrayPropertyStart("results");
    }

    private void rule(Rule rule) {
        ruleIndex.putIfAbsent(rule.id(), ruleIndex.size());
        json.writeStartObject();
        json.writeStringProperty("id", rule.id());
        text("shortDescription", rule.summary());
        text("help", rule.advice());
        json.writeObjectPropertyStart("defaultConfiguration");
        json.writeStringProperty("level", level(rule.severity()));
        json.writeEndObject();
        json.writeEndObject();
    }

    @Override
    public void add(AuditedImage image) {
        for (Finding finding : image.report().findings()) {
            if (hasRoom()) {
                result(image, finding);
            }
        }
        for (Problem problem : image.report().problems()) {
            if (hasRoom()) {
                result(image, problem);
            }
        }
        json.flush();
    }

    private boolean hasRoom() {
        if (results < MOST_RESULTS) {
            results++;
            return true;
        }
        leftOut++;
        return false;
    }

    private void result(AuditedImage image, Finding finding) {
        Exposure exposure = Exposure.of(finding, image.report().encryption());
        json.writeStartObject();
        json.writeStringProperty("ruleId", finding.rule());
        json.writeNumberProperty("ruleIndex", ruleIndex.getOrDefault(finding.rule(), -1));
        json.writeStringProperty("level", level(finding.severity()));
        text(
                "message",
                "%s at %s: %s. What would have kept it: %s."
                        .formatted(
                                findings.match(finding),
                                FindingPlace.of(finding),
                                exposure.why(),
                                exposure.remedy()));
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        artifact(finding.file());
        json.writeObjectPropertyStart("region");
        json.writeNumberProperty("byteOffset", finding.fileOffset());
        if (finding.stored() == Finding.Stored.PLAIN) {
            json.writeNumberProperty("byteLength", finding.match().length());
        }
        json.writeEndObject();
        json.writeEndObject();
        json.writeArrayPropertyStart("logicalLocations");
        json.writeStartObject();
        json.writeStringProperty("fullyQualifiedName", FindingPlace.of(finding));
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty("secretAndPlace/v1", FindingPlace.fingerprint(finding));
        json.writeEndObject();
        json.writeObjectPropertyStart("properties");
        findings.members(json, image.path(), finding);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void result(AuditedImage image, Problem problem) {
        json.writeStartObject();
        json.writeStringProperty("ruleId", problem.kind().code());
        json.writeStringProperty("level", level(problem.kind().severity()));
        text("message", "%s: %s".formatted(problem.kind().meaning(), problem.detail()));
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        artifact(image.path());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void artifact(String path) {
        json.writeObjectPropertyStart("artifactLocation");
        json.writeStringProperty("uri", FindingPlace.uri(path));
        json.writeEndObject();
    }

    @Override
    public void end(AuditSummary summary) {
        json.writeEndArray();
        json.writeArrayPropertyStart("invocations");
        json.writeStartObject();
        json.writeBooleanProperty(
                "executionSuccessful", summary.failed() == 0 && summary.undecided() == 0);
        json.writeArrayPropertyStart("toolExecutionNotifications");
        if (leftOut > 0) {
            json.writeStartObject();
            json.writeStringProperty("level", "warning");
            text(
                    "message",
                    "only the first %d results are told; %d more were found"
                            .formatted(MOST_RESULTS, leftOut));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw(System.lineSeparator());
        json.close();
    }

    private void text(String name, String value) {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("text", value);
        json.writeEndObject();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }
}
