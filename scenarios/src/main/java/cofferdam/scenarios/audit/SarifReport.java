package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.Exposure;
import cofferdam.analysis.audit.Finding;
import cofferdam.analysis.rules.Rule;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Severity;
import cofferdam.scenarios.export.SarifLog;

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

    private final String version;
    private final FindingJson findings;
    private final JsonGenerator json;
    private final SarifLog log;
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
        this.log = new SarifLog(json);
    }

    @Override
    public void begin(List<Rule> rules) {
        log.begin(version);
        rules.forEach(this::rule);
        log.beginResults();
    }

    private void rule(Rule rule) {
        ruleIndex.putIfAbsent(rule.id(), ruleIndex.size());
        log.rule(rule.id(), rule.summary(), rule.advice(), level(rule.severity()));
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
        log.text(
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
        log.artifact(finding.file());
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
        log.text("message", "%s: %s".formatted(problem.kind().meaning(), problem.detail()));
        json.writeArrayPropertyStart("locations");
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        log.artifact(image.path());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    @Override
    public void end(AuditSummary summary) {
        log.beginNotifications(summary.failed() == 0 && summary.undecided() == 0);
        if (leftOut > 0) {
            log.notification(
                    "warning",
                    "only the first %d results are told; %d more were found"
                            .formatted(MOST_RESULTS, leftOut));
        }
        log.end();
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }
}
