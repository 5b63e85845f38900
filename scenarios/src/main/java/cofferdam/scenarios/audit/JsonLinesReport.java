package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.Finding;
import cofferdam.analysis.rules.Rule;
import cofferdam.monitor.disk.Problem;

import tools.jackson.core.JsonGenerator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/**
 * One JSON object a line, whose {@code type} is {@code finding}, {@code problem} or {@code image};
 * an image's line comes after those of its findings and problems.
 */
public final class JsonLinesReport implements ReportWriter {

    private final FindingJson findings;
    private final Writer out;

    public JsonLinesReport(boolean showsMatches, Writer out) {
        this.findings = new FindingJson(showsMatches);
        this.out = out;
    }

    @Override
    public void begin(List<Rule> rules) {
        // A line stands for itself: nothing comes before the first.
    }

    @Override
    public void add(AuditedImage image) {
        for (Finding finding : image.report().findings()) {
            line("finding", json -> {
                json.writeStringProperty("image", image.path());
                findings.members(json, image.path(), finding);
            });
        }
        for (Problem problem : image.report().problems()) {
            line("problem", json -> {
                json.writeStringProperty("image", image.path());
                findings.members(json, problem);
            });
        }
        line("image", json -> findings.members(json, image));
    }

    @Override
    public void end(AuditSummary summary) {
        // Nothing comes after the last line.
    }

    private void line(String type, Members members) {
        try (JsonGenerator json = JsonReport.generator(out, false)) {
            json.writeStartObject();
            json.writeStringProperty("type", type);
            members.write(json);
            json.writeEndObject();
        }
        try {
            out.write('\n');
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Members {
        void write(JsonGenerator json);
    }
}
