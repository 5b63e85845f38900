package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.Finding;
import cofferdam.analysis.audit.ImageReport;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Severity;

import java.util.EnumMap;
import java.util.Map;

/** Counts what audits showed, image by image. */
public final class AuditSummary {

    private final Map<Severity, Integer> findings = new EnumMap<>(Severity.class);
    private final Map<Severity, Integer> problems = new EnumMap<>(Severity.class);
    private int images;
    private int undecided;
    private int failed;

    /** Counts one image; of a failed audit only that it failed. */
    public void add(ImageReport report) {
        images++;
        switch (report.outcome()) {
            case COMPLETE -> {}
            case PARTIAL -> undecided++;
            case FAILED -> {
                failed++;
                return;
            }
        }
        for (Finding finding : report.findings()) {
            findings.merge(finding.severity(), 1, Integer::sum);
        }
        for (Problem problem : report.problems()) {
            problems.merge(problem.kind().severity(), 1, Integer::sum);
        }
    }

    /** Counts an image that could no longer be opened. */
    public void addUnopened() {
        images++;
        failed++;
    }

    /** How many images there were. */
    public int images() {
        return images;
    }

    /** How many findings there are of this severity and above. */
    public int findings(Severity least) {
        return count(findings, least);
    }

    /** How many structural problems there are of this severity and above. */
    public int problems(Severity least) {
        return count(problems, least);
    }

    /** How many images could be read in part only. */
    public int undecided() {
        return undecided;
    }

    /** How many audits failed. */
    public int failed() {
        return failed;
    }

    private static int count(Map<Severity, Integer> counts, Severity least) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().compareTo(least) >= 0)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }
}
