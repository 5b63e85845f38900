package cofferdam.monitor.disk;

/** Problems that every format can have. */
public enum CommonProblem implements ProblemKind {
    TRUNCATED("truncated", Severity.MEDIUM, "a structure lies outside the bytes that are there"),
    LIMIT(
            "limit-exceeded",
            Severity.MEDIUM,
            "a count or a size is larger than any reader should take"),
    WORK_LIMIT(
            "work-limit",
            Severity.HIGH,
            "reading it takes work out of proportion to its size, as a bomb does"),
    NOT_READ("not-read", Severity.LOW, "the format is known but not read yet");

    private final String code;
    private final Severity severity;
    private final String meaning;

    CommonProblem(String code, Severity severity, String meaning) {
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
