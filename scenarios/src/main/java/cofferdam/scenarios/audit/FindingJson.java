package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.Encryption;
import cofferdam.analysis.audit.Finding;
import cofferdam.analysis.audit.ImageReport;
import cofferdam.monitor.disk.Problem;

import tools.jackson.core.JsonGenerator;

/**
 * The JSON of findings, problems and images that all JSON reports share.
 *
 * @param showsMatches whether matches are written as they are, and not redacted
 */
record FindingJson(boolean showsMatches) {

    /** The members of a finding of an image, into an object that is open. */
    void members(JsonGenerator json, String image, Finding finding) {
        json.writeStringProperty("rule", finding.rule());
        json.writeStringProperty("severity", Words.of(finding.severity()));
        if (!finding.file().equals(image)) {
            json.writeStringProperty("file", finding.file());
        }
        json.writeNumberProperty("fileOffset", finding.fileOffset());
        if (finding.guestOffset() != Finding.NOWHERE) {
            json.writeNumberProperty("guestOffset", finding.guestOffset());
        }
        json.writeStringProperty("layer", finding.layer());
        if (finding.partition() > 0) {
            json.writeNumberProperty("partition", finding.partition());
        }
        text(json, "fileSystem", finding.fileSystem());
        json.writeStringProperty("region", Words.of(finding.region()));
        text(json, "path", finding.path());
        json.writeStringProperty("stored", Words.of(finding.stored()));
        json.writeNumberProperty("copies", finding.copies());
        json.writeStringProperty("match", match(finding));
        json.writeStringProperty("sha256", finding.match().sha256());
    }

    /** A match as this report shows it. */
    String match(Finding finding) {
        return showsMatches ? finding.match().shown() : finding.match().redacted();
    }

    /** The members of a problem, into an object that is open. */
    void members(JsonGenerator json, Problem problem) {
        json.writeStringProperty("code", problem.kind().code());
        json.writeStringProperty("severity", Words.of(problem.kind().severity()));
        json.writeStringProperty("detail", problem.detail());
        json.writeStringProperty("meaning", problem.kind().meaning());
    }

    /** What is known of an image as a whole, into an object that is open. */
    void members(JsonGenerator json, AuditedImage image) {
        ImageReport report = image.report();
        json.writeStringProperty("path", image.path());
        json.writeStringProperty("format", report.format());
        json.writeNumberProperty("virtualSize", report.virtualSize());
        encryption(json, report.encryption());
        json.writeArrayPropertyStart("chain");
        for (ImageReport.ChainLink link : report.chain()) {
            json.writeStartObject();
            json.writeStringProperty("role", link.role());
            json.writeStringProperty("name", link.name());
            text(json, "format", link.format());
            text(json, "layer", link.layer());
            json.writeBooleanProperty("opened", link.opened());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringProperty("outcome", Words.of(report.outcome()));
        json.writeNumberProperty("bytesScanned", report.scanned());
        json.writeStringProperty("engine", report.engine());
        json.writeNumberProperty("millis", image.millis());
    }

    private static void encryption(JsonGenerator json, Encryption encryption) {
        json.writeStringProperty("encryption", encryption.kind());
        if (!encryption.isPresent()) {
            return;
        }
        json.writeBooleanProperty("unlocked", encryption.unlocked());
        json.writeArrayPropertyStart("plain");
        for (Encryption.PlainRange range : encryption.plain()) {
            json.writeStartObject();
            json.writeStringProperty("what", range.what());
            json.writeNumberProperty("bytes", range.bytes());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, String value) {
        if (!value.isEmpty()) {
            json.writeStringProperty(name, value);
        }
    }
}
