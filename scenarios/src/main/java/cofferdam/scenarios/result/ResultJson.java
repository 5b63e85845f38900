package cofferdam.scenarios.result;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.Figure;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.SecuritySupport;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Optional;

/** The JSON documents that tell what came of runs. */
public final class ResultJson {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultJson() {}

    /**
     * The document of {@code run --format json}: with each run's bundle folder and its duration in
     * milliseconds.
     *
     * @param out the bundle's folder, as the user named it
     * @param baseline what a baseline makes of them, if there is one
     */
    public static byte[] forStandardOutput(
            String version, List<RunResult> runs, String out, Optional<ObjectNode> baseline) {
        ObjectNode document = document(version);
        ArrayNode array = document.putArray("runs");
        for (RunResult run : runs) {
            ObjectNode node = array.addObject();
            head(node, run);
            node.put("bundle", out + "/" + run.folder());
            node.put("millis", Math.round(run.duration().toNanos() / 1e4) / 1e2);
            properties(node, run.properties());
        }
        summary(document, runs);
        baseline.ifPresent(found -> document.set("baseline", found));
        return MAPPER.writeValueAsBytes(document);
    }

    /**
     * The document {@code summary.json} of a bundle: nothing in it depends on where or how fast the
     * runs were.
     */
    public static byte[] forBundle(String version, List<RunResult> runs) {
        ObjectNode document = document(version);
        ArrayNode array = document.putArray("runs");
        for (RunResult run : runs) {
            ObjectNode node = array.addObject();
            head(node, run);
            node.put("bundle", run.folder());
            properties(node, run.properties());
        }
        summary(document, runs);
        return MAPPER.writeValueAsBytes(document);
    }

    /**
     * The document {@code verdicts.json} of one run: what the evidence shows, whatever was
     * expected.
     */
    public static byte[] verdicts(List<Judgement> judgements) {
        ObjectNode document = MAPPER.createObjectNode();
        ArrayNode array = document.putArray("properties");
        judgements.forEach(judgement -> judgement(array.addObject(), judgement));
        return MAPPER.writeValueAsBytes(document);
    }

    /** How a verdict is written in files. */
    public static String nameOf(Verdict verdict) {
        return switch (verdict) {
            case UPHELD -> "upheld";
            case VIOLATED -> "violated";
            case INCONCLUSIVE -> "inconclusive";
            case NOT_APPLICABLE -> "not-applicable";
            case ERROR -> "error";
        };
    }

    /** Writes what a monitor's makers say of its isolation. */
    public static void securitySupport(ObjectNode node, SecuritySupport support) {
        node.put("claim", nameOf(support.claim()))
                .put("statement", support.statement())
                .put("source", support.source());
    }

    /** How a claim is written in files. */
    public static String nameOf(SecuritySupport.Claim claim) {
        return switch (claim) {
            case BOUNDARY -> "boundary";
            case NO_BOUNDARY -> "no-boundary";
            case MODEL -> "model";
        };
    }

    private static ObjectNode document(String version) {
        ObjectNode document = MAPPER.createObjectNode();
        document.putObject("tool").put("name", "cofferdam").put("version", version);
        return document;
    }

    private static void head(ObjectNode node, RunResult run) {
        node.put("scenario", run.scenario());
        node.put("policy", run.policy());
        node.put("monitor", run.monitor());
        node.put("seed", run.seed());
        SecuritySupport support = run.securitySupport();
        if (support != null) {
            securitySupport(node.putObject("securitySupport"), support);
        }
    }

    private static void properties(ObjectNode node, List<PropertyResult> results) {
        ArrayNode array = node.putArray("properties");
        for (PropertyResult result : results) {
            ObjectNode property = array.addObject();
            judgement(property, result.judgement());
            if (result.expected() != null) {
                property.put("expected", nameOf(result.expected()));
            }
            if (result.isAccepted()) {
                property.put("accepted", result.accepted());
            }
            if (result.isAccepted() && result.until() != null) {
                property.put("acceptedUntil", result.until().toString());
            }
            treatment(property, result);
        }
    }

    /** What no bundle tells, because it depends on the day and on what the user knew. */
    private static void treatment(ObjectNode property, PropertyResult result) {
        if (result.isLapsed()) {
            property.putObject("lapsed")
                    .put("reason", result.accepted())
                    .put("until", String.valueOf(result.until()));
        }
        if (result.isKnown()) {
            property.put("known", true);
        }
    }

    private static void judgement(ObjectNode node, Judgement judgement) {
        node.put("property", judgement.question().property());
        node.put("verdict", nameOf(judgement.verdict()));
        node.put("subject", String.join("<->", judgement.question().subject()));
        if (!judgement.question().observer().isEmpty()) {
            node.put("observer", judgement.question().observer());
        }
        node.put("reason", judgement.reason());
        ArrayNode evidence = node.putArray("evidence");
        for (EvidenceReference reference : judgement.evidence()) {
            ObjectNode file = evidence.addObject().put("file", reference.file());
            switch (reference) {
                case FrameReference frames -> frames.frames().forEach(file.putArray("frames")::add);
                case EventReference events -> events.lines().forEach(file.putArray("lines")::add);
                case ImageReference image -> image.offsets().forEach(file.putArray("offsets")::add);
            }
        }
        if (!judgement.figures().isEmpty()) {
            ArrayNode figures = node.putArray("figures");
            for (Figure figure : judgement.figures()) {
                figures.addObject()
                        .put("name", figure.name())
                        .put("value", figure.value())
                        .put("unit", figure.unit());
            }
        }
    }

    private static void summary(ObjectNode document, List<RunResult> runs) {
        Summary summary = Summary.of(runs);
        document.putObject("summary")
                .put("upheld", summary.upheld())
                .put("violated", summary.violated())
                .put("inconclusive", summary.inconclusive())
                .put("notApplicable", summary.notApplicable())
                .put("error", summary.error())
                .put("accepted", summary.accepted())
                .put("unexpected", summary.unexpected());
    }
}
