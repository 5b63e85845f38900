package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** Problems of VMDK images. */
public enum VmdkProblem implements ProblemKind {
    HEADER("vmdk-header", Severity.MEDIUM, "the header says what no reader can follow"),
    GRAIN_SIZE(
            "vmdk-grain-size", Severity.HIGH, "the grain size is zero or no sensible power of two"),
    DIRECTORY_SIZE(
            "vmdk-directory-size",
            Severity.HIGH,
            "the grain directory is larger than any reader should take"),
    CAPACITY_NOT_GRAINS(
            "vmdk-capacity-not-grains",
            Severity.LOW,
            "the capacity is not a whole number of grains"),
    UNCLEAN_SHUTDOWN(
            "vmdk-unclean-shutdown", Severity.LOW, "the image was not closed after the last write"),
    NEWLINES(
            "vmdk-newlines",
            Severity.MEDIUM,
            "the header's line ends were translated, so the image is damaged all over"),
    FOOTER_MISSING(
            "vmdk-footer-missing",
            Severity.MEDIUM,
            "the footer that has the place of the tables is gone"),
    DESCRIPTOR("vmdk-descriptor", Severity.MEDIUM, "the descriptor has a line that cannot be read"),
    DESCRIPTOR_NUL(
            "vmdk-descriptor-nul",
            Severity.MEDIUM,
            "the descriptor goes on behind a NUL, where some readers stop and others do not"),
    CONTRADICTING_DESCRIPTOR(
            "vmdk-contradicting-descriptor",
            Severity.HIGH,
            "the embedded descriptor names other extents than the file itself"),
    EXTENT_OUTSIDE_FOLDER(
            "extent-outside-folder",
            Severity.HIGH,
            "an extent is named by a path that leaves the image's folder, so converting the image"
                    + " can copy a file of the host"),
    DEVICE_EXTENT("device-extent", Severity.HIGH, "an extent is a device of the host, not a file"),
    EXTENT_NOT_OPENED(
            "extent-not-opened",
            Severity.MEDIUM,
            "an extent is not there or may not be opened, so a part of the disk cannot be read"),
    EXTENT_SIZE(
            "extent-size",
            Severity.MEDIUM,
            "an extent file is shorter or smaller than the descriptor says"),
    GRAIN_MARKER(
            "vmdk-grain-marker",
            Severity.MEDIUM,
            "a grain's marker does not fit the table entry that leads to it"),
    GRAIN_DATA(
            "vmdk-grain-data",
            Severity.MEDIUM,
            "a compressed grain does not decompress to one grain"),
    CHANGE_TRACKING(
            "vmdk-change-tracking",
            Severity.LOW,
            "a change-tracking file beside the image tells which parts were written");

    private final String code;
    private final Severity severity;
    private final String meaning;

    VmdkProblem(String code, Severity severity, String meaning) {
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
