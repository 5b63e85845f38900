package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** Problems that the audit of an image as a whole can have. */
public enum AuditProblem implements ProblemKind {
    IMAGE_CHANGED(
            "image-changed-during-audit",
            Severity.HIGH,
            "a file of the image was changed while it was read, so the report may mix two states"),
    AUDIT_FAILED(
            "audit-failed",
            Severity.HIGH,
            "the audit itself failed: nothing follows from what it did not find"),
    FINDINGS_LIMITED(
            "findings-limited", Severity.MEDIUM, "a rule matched more often than is reported"),
    PROBLEMS_LIMITED(
            "problems-limited", Severity.MEDIUM, "there are more problems than are reported"),
    FORMAT_CONFUSION(
            "format-confusion",
            Severity.HIGH,
            "the image is declared as one format and has the header of another: a monitor that probes"
                    + " formats would follow what its guest wrote"),
    IMAGE_NOT_READ(
            "image-not-read",
            Severity.LOW,
            "the container cannot be read: its bytes are searched as they are"),
    REFERENCE_REFUSED(
            "backing-refused",
            Severity.MEDIUM,
            "the image names another file that is not opened: whoever opens the image without care"
                    + " reads that file"),
    BACKING_LOOP("backing-loop", Severity.HIGH, "the image is, at some remove, its own backing"),
    CHAIN_TOO_DEEP(
            "chain-too-deep", Severity.MEDIUM, "the chain of backing images is longer than 16"),
    STILL_LOCKED(
            "still-locked",
            Severity.LOW,
            "none of the given keys unlocks it, so its content is searched as it is: enciphered"),
    FILE_SYSTEM_NOT_READ(
            "file-system-not-read",
            Severity.LOW,
            "a file system cannot be read, so what lies in it has no paths");

    private final String code;
    private final Severity severity;
    private final String meaning;

    AuditProblem(String code, Severity severity, String meaning) {
        this.code = code;
        this.severity = severity;
        this.meaning = meaning;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public Severity severity() {
        return severity;
    }

    @Override
    public String meaning() {
        return meaning;
    }
}
