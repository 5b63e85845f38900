package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** Problems of VHD images. */
public enum VhdProblem implements ProblemKind {
    FOOTER_MISSING(
            "footer-missing",
            Severity.MEDIUM,
            "the footer at the end is gone; its copy at the beginning was used"),
    FOOTER_CHECKSUM(
            "footer-checksum",
            Severity.MEDIUM,
            "the checksum of the footer does not fit its bytes"),
    DYNAMIC_HEADER_CHECKSUM(
            "vhd-header-checksum",
            Severity.MEDIUM,
            "the checksum of the dynamic disk header does not fit its bytes"),
    HEADER(
            "vhd-header",
            Severity.MEDIUM,
            "the footer or the header says what no reader can follow"),
    GEOMETRY(
            "vhd-geometry",
            Severity.LOW,
            "the size by cylinders, heads and sectors is not the size in the footer, so readers"
                    + " disagree about where the disk ends"),
    TABLE_ENTRIES(
            "vhd-table-entries",
            Severity.MEDIUM,
            "the number of entries in the block allocation table does not fit the disk"),
    PARENT_LOCATOR(
            "vhd-parent-locator", Severity.MEDIUM, "a parent locator cannot be read as a path"),
    SAVED_STATE(
            "vhd-saved-state",
            Severity.LOW,
            "the machine was saved: its memory lies in a file beside the image");

    private final String code;
    private final Severity severity;
    private final String meaning;

    VhdProblem(String code, Severity severity, String meaning) {
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
