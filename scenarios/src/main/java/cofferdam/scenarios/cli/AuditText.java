package cofferdam.scenarios.cli;

import cofferdam.analysis.audit.Encryption;
import cofferdam.analysis.audit.ExposureGroup;
import cofferdam.analysis.audit.Finding;
import cofferdam.analysis.audit.ImageReport;
import cofferdam.analysis.rules.Rule;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Severity;
import cofferdam.scenarios.audit.AuditSummary;
import cofferdam.scenarios.audit.AuditedImage;
import cofferdam.scenarios.audit.FindingPlace;
import cofferdam.scenarios.audit.ReportWriter;

import picocli.CommandLine.Help.Ansi;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What audits show, for people. */
final class AuditText implements ReportWriter {

    /** The most findings of one image that are told one by one. */
    static final int MOST_FINDINGS = 200;

    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    private final PrintWriter out;
    private final Ansi ansi;
    private final boolean showsMatches;
    private final boolean quiet;

    /** @param quiet whether only findings, problems and the summary are told */
    AuditText(PrintWriter out, Ansi ansi, boolean showsMatches, boolean quiet) {
        this.out = out;
        this.ansi = ansi;
        this.showsMatches = showsMatches;
        this.quiet = quiet;
    }

    @Override
    public void begin(List<Rule> rules) {
        if (!quiet) {
            out.printf(
                    "looking for what %d %s of%n%n",
                    rules.size(), rules.size() == 1 ? "rule tells" : "rules tell");
        }
    }

    @Override
    public void add(AuditedImage image) {
        ImageReport report = image.report();
        out.println(bold(safe(image.path())) + ": " + headline(report));
        for (ImageReport.ChainLink link : report.chain()) {
            out.printf(
                    "  %s '%s': %s%n",
                    link.role(), safe(link.name()), link.opened() ? "opened" : "not opened");
        }
        printPlain(report.encryption());
        for (Problem problem : report.problems()) {
            out.printf(
                    "  %s %s: %s (%s)%n",
                    severity(problem.kind().severity()),
                    problem.kind().code(),
                    safe(problem.detail()),
                    problem.kind().meaning());
        }
        report.findings().stream().limit(MOST_FINDINGS).forEach(finding -> print(image, finding));
        int left = report.findings().size() - MOST_FINDINGS;
        if (left > 0) {
            out.printf("  and %d more, which the other formats tell%n", left);
        }
        printExposure(report);
        if (!quiet) {
            out.println("  " + speed(image));
        }
        out.println();
        out.flush();
    }

    private static String headline(ImageReport report) {
        String encryption = report.encryption().isPresent()
                ? report.encryption().kind()
                        + (report.encryption().unlocked() ? ", unlocked" : ", locked")
                : "not enciphered";
        String outcome = switch (report.outcome()) {
            case COMPLETE -> "";
            case PARTIAL -> ", read in part";
            case FAILED -> ", FAILED";
        };
        int findings = report.findings().size();
        return "%s, a disk of %s, %s%s, %s"
                .formatted(
                        report.format(),
                        size(report.virtualSize()),
                        encryption,
                        outcome,
                        findings == 0 ? "nothing found" : counted(findings, "finding"));
    }

    private void printPlain(Encryption encryption) {
        if (!encryption.plain().isEmpty()) {
            out.println("  plain all the same: "
                    + encryption.plain().stream()
                            .map(range ->
                                    "%s, %s".formatted(safe(range.what()), size(range.bytes())))
                            .collect(Collectors.joining("; ")));
        }
    }

    private void print(AuditedImage image, Finding finding) {
        String match = showsMatches ? finding.match().shown() : finding.match().redacted();
        String file = finding.file().equals(image.path()) ? "" : " of " + safe(finding.file());
        String copies = finding.copies() > 1 ? ", %d references".formatted(finding.copies()) : "";
        out.printf(
                "  %s %s at %s%n         offset %d%s%s: %s%n",
                severity(finding.severity()),
                safe(finding.rule()),
                safe(FindingPlace.of(finding)),
                finding.fileOffset(),
                file,
                copies,
                match);
    }

    private void printExposure(ImageReport report) {
        for (ExposureGroup group : ExposureGroup.of(report)) {
            out.printf(
                    "  %s: %s%n    kept by: %s%n",
                    counted(group.findings(), "finding"),
                    safe(group.exposure().why()),
                    safe(group.exposure().remedy()));
        }
    }

    private static String speed(AuditedImage image) {
        double seconds = image.duration().toNanos() / 1e9;
        long bytes = image.report().scanned();
        return "searched %s in %.2f s (%.2f GB/s, %s)"
                .formatted(
                        size(bytes),
                        seconds,
                        bytes / 1e9 / seconds,
                        image.report().engine());
    }

    @Override
    public void end(AuditSummary summary) {
        out.printf(
                "%s: %s (%d high), %s (%d high)",
                counted(summary.images(), "image"),
                counted(summary.findings(Severity.LOW), "finding"),
                summary.findings(Severity.HIGH),
                counted(summary.problems(Severity.LOW), "problem"),
                summary.problems(Severity.HIGH));
        if (summary.undecided() + summary.failed() > 0) {
            out.printf(", %d read in part, %d failed", summary.undecided(), summary.failed());
        }
        out.println();
        boolean canShowMore = !quiet && !showsMatches && summary.findings(Severity.LOW) > 0;
        if (canShowMore) {
            out.println("matches are redacted: --show-matches shows them");
        }
        out.flush();
    }

    private static String counted(int count, String thing) {
        return count == 1 ? "1 " + thing : "%d %ss".formatted(count, thing);
    }

    private static String size(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " bytes" : "%.1f %s".formatted(value, UNITS[unit]);
    }

    private String severity(Severity severity) {
        String word = "%-6s".formatted(severity.name().toLowerCase(Locale.ROOT));
        return switch (severity) {
            case HIGH -> ansi.string("@|red,bold " + word + "|@");
            case MEDIUM -> ansi.string("@|yellow " + word + "|@");
            case LOW -> word;
        };
    }

    private String bold(String text) {
        return ansi.enabled() ? Ansi.Style.bold.on() + text + Ansi.Style.bold.off() : text;
    }

    private static String safe(String text) {
        return Terminal.safe(text);
    }
}
