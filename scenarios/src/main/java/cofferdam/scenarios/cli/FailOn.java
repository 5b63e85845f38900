package cofferdam.scenarios.cli;

import cofferdam.monitor.disk.Severity;
import cofferdam.scenarios.audit.AuditSummary;
import cofferdam.scenarios.result.Summary;

import java.util.Locale;

/** From which severity on an audit's findings and problems make its exit code 1. */
enum FailOn {
    /** Every finding, and problems from medium on. */
    ANY,
    LOW,
    MEDIUM,
    HIGH,
    NEVER;

    /** The exit code; what was found outranks what could not be decided. */
    int exitCode(AuditSummary summary) {
        if (isBroken(summary)) {
            return Summary.EXIT_VIOLATION;
        }
        boolean isDecided = summary.failed() == 0 && summary.undecided() == 0;
        return isDecided ? Summary.EXIT_AS_IT_SHOULD_BE : Summary.EXIT_UNDECIDED;
    }

    private boolean isBroken(AuditSummary summary) {
        return switch (this) {
            case ANY -> summary.findings(Severity.LOW) + summary.problems(Severity.MEDIUM) > 0;
            case LOW -> isBroken(summary, Severity.LOW);
            case MEDIUM -> isBroken(summary, Severity.MEDIUM);
            case HIGH -> isBroken(summary, Severity.HIGH);
            case NEVER -> false;
        };
    }

    private static boolean isBroken(AuditSummary summary, Severity least) {
        return summary.findings(least) + summary.problems(least) > 0;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
