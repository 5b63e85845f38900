package cofferdam.monitor.disk.partition;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** What can be wrong with a partition table. */
public enum PartitionProblem implements ProblemKind {
    PAST_END("partition-past-end", Severity.MEDIUM, "a partition reaches past the end of the disk"),
    OVERLAP("partitions-overlap", Severity.MEDIUM, "two partitions share bytes of the disk"),
    FILE_SYSTEM_AT_START(
            "partition-table-in-file-system",
            Severity.MEDIUM,
            "the first sector is a partition table and a file system at once, so readers disagree"),
    EBR_LOOP(
            "extended-partition-loop",
            Severity.MEDIUM,
            "the chain of logical partitions comes back to itself"),
    EBR_BROKEN(
            "extended-partition-broken",
            Severity.MEDIUM,
            "the chain of logical partitions leads to something else"),
    LOGICAL_OUTSIDE(
            "logical-partition-outside",
            Severity.MEDIUM,
            "a logical partition is not inside its extended partition"),
    GPT_PRIMARY_DAMAGED(
            "gpt-primary-damaged",
            Severity.MEDIUM,
            "the first copy of the GPT is damaged, so the backup is read"),
    GPT_BACKUP_DAMAGED(
            "gpt-backup-damaged", Severity.LOW, "the backup copy of the GPT is damaged or missing"),
    GPT_BACKUP_MISPLACED(
            "gpt-backup-misplaced",
            Severity.LOW,
            "the backup copy of the GPT is not in the last sector"),
    GPT_CONTRADICTING(
            "gpt-contradicting",
            Severity.MEDIUM,
            "two intact copies of the GPT say different things, so readers disagree"),
    GPT_UNREADABLE(
            "gpt-unreadable", Severity.MEDIUM, "the disk has a GPT, but no copy of it is intact"),
    GPT_ENTRY(
            "gpt-entry-invalid",
            Severity.MEDIUM,
            "a GPT entry is not inside the range that the header calls usable"),
    PROTECTIVE_MBR(
            "protective-mbr-wrong",
            Severity.LOW,
            "the MBR of a GPT disk does not protect the disk as it should"),
    HYBRID_MBR(
            "hybrid-mbr",
            Severity.MEDIUM,
            "the MBR of a GPT disk has partitions of its own, so readers disagree"),
    STALE_GPT(
            "stale-gpt", Severity.LOW, "a GPT is left on a disk that something else now describes");

    private final String code;
    private final Severity severity;
    private final String meaning;

    PartitionProblem(String code, Severity severity, String meaning) {
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
