package cofferdam.scenarios.export;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Property;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.SecuritySupport;
import cofferdam.scenarios.result.Cell;
import cofferdam.scenarios.result.MonitorWords;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.PropertyResult.Treatment;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.StringWriter;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Results as SARIF 2.1.0. Rules are properties, results are violations: an accepted or expected one
 * is suppressed, with the reason. What could not be decided is a notification, and then the
 * execution was not successful: no result is not a pass.
 */
public final class SarifReport {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final StringWriter text = new StringWriter();
    private final JsonGenerator json = MAPPER.createGenerator(text);
    private final SarifLog log = new SarifLog(json);
    private final String out;
    private final boolean hasBaseline;
    private final List<Property> rules;

    private SarifReport(List<RunResult> runs, String out, boolean hasBaseline) {
        this.out = out;
        this.hasBaseline = hasBaseline;
        this.rules = Analysis.properties().stream()
                .filter(property -> runs.stream()
                        .flatMap(run -> run.properties().stream())
                        .anyMatch(result ->
                                result.judgement().question().property().equals(property.id())))
                .toList();
    }

    /**
     * The document.
     *
     * @param version the program's
     * @param out the bundle's folder, as the user named it
     * @param hasBaseline whether results are to say if they are new
     */
    public static String of(String version, List<RunResult> runs, String out, boolean hasBaseline) {
        SarifReport report = new SarifReport(runs, out, hasBaseline);
        report.write(version, runs);
        return report.text.toString();
    }

    private void write(String version, List<RunResult> runs) {
        log.begin(version);
        for (Property property : rules) {
            log.rule(
                    property.id(),
                    property.question(),
                    "Upheld only if in the same run: " + property.control(),
                    "error");
        }
        log.beginResults();
        for (RunResult run : runs) {
            run.properties().stream()
                    .filter(result -> result.judgement().verdict() == Verdict.VIOLATED)
                    .forEach(result -> result(run, result));
        }
        log.beginNotifications(runs.stream()
                .flatMap(run -> run.properties().stream())
                .noneMatch(PropertyResult::isUndecided));
        for (RunResult run : runs) {
            run.properties().forEach(result -> notification(run, result));
        }
        log.end();
    }

    private void result(RunResult run, PropertyResult result) {
        String property = result.judgement().question().property();
        json.writeStartObject();
        json.writeStringProperty("ruleId", property);
        json.writeNumberProperty(
                "ruleIndex", rules.stream().map(Property::id).toList().indexOf(property));
        json.writeStringProperty("level", "error");
        log.text("message", message(run, result));
        locations(run, result);
        json.writeObjectPropertyStart("partialFingerprints");
        json.writeStringProperty(
                "scenarioPolicyQuestion/v1", Cell.of(run, result).fingerprint());
        json.writeEndObject();
        if (hasBaseline) {
            json.writeStringProperty(
                    "baselineState",
                    result.treatment() == Treatment.AS_WRITTEN ? "new" : "unchanged");
        }
        suppressions(result);
        json.writeObjectPropertyStart("properties");
        json.writeStringProperty("scenario", run.scenario());
        json.writeStringProperty("policy", run.policy());
        json.writeStringProperty("monitor", run.monitor());
        json.writeNumberProperty("seed", run.seed());
        securitySupport(run);
        json.writeEndObject();
        json.writeEndObject();
    }

    private void securitySupport(RunResult run) {
        SecuritySupport support = run.securitySupport();
        if (support == null) {
            return;
        }
        json.writeObjectPropertyStart("securitySupport");
        json.writeStringProperty("claim", ResultJson.nameOf(support.claim()));
        json.writeStringProperty("statement", PlainText.of(support.statement()));
        json.writeStringProperty("source", PlainText.of(support.source()));
        json.writeEndObject();
    }

    private static String message(RunResult run, PropertyResult result) {
        String text = "%s: %s. %s%s"
                .formatted(
                        Cell.of(run, result).words(),
                        ResultWords.verdict(result),
                        result.judgement().reason()
                                + (result.isLapsed() ? "; was accepted: " + result.accepted() : ""),
                        MonitorWords.warnings(List.of(run)).stream()
                                .map(". "::concat)
                                .collect(Collectors.joining()));
        // Brackets with parentheses behind them would be a link (SARIF 2.1.0, 3.11.6).
        return PlainText.of(text).replace("](", "] (");
    }

    private void locations(RunResult run, PropertyResult result) {
        List<EvidenceReference> evidence = result.judgement().evidence();
        json.writeArrayPropertyStart("locations");
        if (evidence.isEmpty()) {
            location(path(run, "scenario.yaml"), "what ran");
        } else {
            location(run, evidence.getFirst());
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("relatedLocations");
        evidence.stream().skip(1).forEach(reference -> location(run, reference));
        location(path(run, "scenario.yaml"), "what ran");
        location(path(run, "policy.yaml"), "how the host was configured");
        json.writeEndArray();
    }

    private void location(RunResult run, EvidenceReference reference) {
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        log.artifact(path(run, reference.file()));
        switch (reference) {
            case FrameReference frames -> {}
            case EventReference events -> region("startLine", events.lines());
            case ImageReference image -> region("byteOffset", image.offsets());
        }
        json.writeEndObject();
        String places = EvidenceWords.places(reference);
        log.text("message", places.isEmpty() ? "evidence" : places);
        json.writeEndObject();
    }

    private void region(String what, List<? extends Number> places) {
        if (places.isEmpty()) {
            return;
        }
        json.writeObjectPropertyStart("region");
        json.writeNumberProperty(what, places.getFirst().longValue());
        json.writeEndObject();
    }

    private void location(String path, String message) {
        json.writeStartObject();
        json.writeObjectPropertyStart("physicalLocation");
        log.artifact(path);
        json.writeEndObject();
        log.text("message", message);
        json.writeEndObject();
    }

    private String path(RunResult run, String file) {
        return "%s/%s/%s".formatted(out, run.folder(), file);
    }

    private void suppressions(PropertyResult result) {
        json.writeArrayPropertyStart("suppressions");
        if (result.isAccepted()) {
            suppression("%s: %s"
                    .formatted(ResultWords.verdict(result), String.valueOf(result.accepted())));
        } else if (result.isAsItShouldBe() && !result.isKnown()) {
            suppression(ResultWords.verdict(result));
        }
        json.writeEndArray();
    }

    private void suppression(String justification) {
        json.writeStartObject();
        json.writeStringProperty("kind", "external");
        json.writeStringProperty("status", "accepted");
        json.writeStringProperty("justification", PlainText.of(justification));
        json.writeEndObject();
    }

    private void notification(RunResult run, PropertyResult result) {
        if (result.isUndecided()) {
            log.notification("error", message(run, result));
        } else if (result.judgement().verdict() != Verdict.VIOLATED && !result.isAsItShouldBe()) {
            log.notification("warning", message(run, result));
        }
    }
}
