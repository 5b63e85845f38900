package cofferdam.monitor.disk;

/** Problems that more than one container format can have. */
public enum ContainerProblem implements ProblemKind {
    CONTRADICTING_HEADER_FOOTER(
            "contradicting-header-footer",
            Severity.HIGH,
            "the header and its copy at the other end say different things, so readers disagree"),
    CONTRADICTING_TABLES(
            "contradicting-tables",
            Severity.HIGH,
            "a table and its redundant copy say different things, so readers disagree"),
    DATA_OUTSIDE_FILE(
            "data-outside-file",
            Severity.MEDIUM,
            "a table gives a place for data that is not in the file"),
    TABLE_OUTSIDE_FILE(
            "table-outside-file", Severity.MEDIUM, "a table lies outside the bytes that are there"),
    OVERLAPPING_DATA(
            "overlapping-data",
            Severity.HIGH,
            "the same bytes of the file are given to two places, as alias bombs do"),
    OVERLAPPING_TABLES(
            "overlapping-tables",
            Severity.HIGH,
            "a table lies on another table or on the header, as alias bombs do"),
    PARENT_OUTSIDE_FOLDER(
            "parent-outside-folder",
            Severity.MEDIUM,
            "the parent is named by a path that leaves the image's folder"),
    NAME_NOT_PLAIN(
            "name-not-plain",
            Severity.MEDIUM,
            "a name of another file holds control characters or is not valid text"),
    SEVERAL_FORMATS(
            "several-formats",
            Severity.HIGH,
            "the file carries the signatures of several formats, so what is read depends on the"
                    + " reader");

    private final String code;
    private final Severity severity;
    private final String meaning;

    ContainerProblem(String code, Severity severity, String meaning) {
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
