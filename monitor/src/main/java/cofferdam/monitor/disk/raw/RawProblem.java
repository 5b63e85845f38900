package cofferdam.monitor.disk.raw;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** Problems of raw images. */
public enum RawProblem implements ProblemKind {
    /**
     * What CVE-2026-27211 and CVE-2010-3851 came from: the guest writes such a header, and a reader
     * that guesses the format follows it to a file of the host.
     */
    IMAGE_HEADER_IN_RAW(
            "image-header-in-raw",
            Severity.HIGH,
            "a disk declared raw carries the header of a container, which a reader that guesses"
                    + " the format would follow");

    private final String code;
    private final Severity severity;
    private final String meaning;

    RawProblem(String code, Severity severity, String meaning) {
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
