package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.Finding;
import cofferdam.analysis.rules.Rule;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The findings as comma-separated values after RFC 4180. A field that a spreadsheet would take for a
 * formula gets an apostrophe before it: names and matches are chosen by whoever made the image.
 */
public final class CsvReport implements ReportWriter {

    private static final String LINE_END = "\r\n";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private final FindingJson findings;
    private final PrintWriter out;

    public CsvReport(boolean showsMatches, PrintWriter out) {
        this.findings = new FindingJson(showsMatches);
        this.out = out;
    }

    @Override
    public void begin(List<Rule> rules) {
        row(Stream.of(
                "image",
                "rule",
                "severity",
                "file",
                "fileOffset",
                "guestOffset",
                "layer",
                "partition",
                "fileSystem",
                "region",
                "path",
                "stored",
                "copies",
                "match",
                "sha256"));
    }

    @Override
    public void add(AuditedImage image) {
        for (Finding finding : image.report().findings()) {
            boolean isOnDisk = finding.guestOffset() != Finding.NOWHERE;
            row(Stream.of(
                    image.path(),
                    finding.rule(),
                    Words.of(finding.severity()),
                    finding.file(),
                    Long.toString(finding.fileOffset()),
                    isOnDisk ? Long.toString(finding.guestOffset()) : "",
                    finding.layer(),
                    finding.partition() > 0 ? Integer.toString(finding.partition()) : "",
                    finding.fileSystem(),
                    Words.of(finding.region()),
                    finding.path(),
                    Words.of(finding.stored()),
                    Integer.toString(finding.copies()),
                    findings.match(finding),
                    finding.match().sha256()));
        }
        out.flush();
    }

    @Override
    public void end(AuditSummary summary) {
        out.flush();
    }

    private void row(Stream<String> fields) {
        out.print(fields.map(CsvReport::field).collect(Collectors.joining(",")) + LINE_END);
    }

    private static String field(String value) {
        boolean isFormula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        String safe = isFormula ? "'" + value : value;
        boolean isPlain =
                safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
