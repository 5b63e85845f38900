package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** What can be wrong with a FAT file system. */
public enum FatProblem implements ProblemKind {
    BOOT_SECTOR("fat-boot-sector", Severity.MEDIUM, "the boot sector's parameters make no sense"),
    TYPE_DISPUTED(
            "fat-type-disputed",
            Severity.MEDIUM,
            "the boot sector has the layout of FAT32 but too few clusters for it, so readers disagree"),
    FAT_TOO_SMALL(
            "fat-too-small",
            Severity.MEDIUM,
            "the file allocation table has no room for all clusters"),
    COPIES_DIFFER(
            "fat-copies-differ",
            Severity.MEDIUM,
            "the copies of the file allocation table say different things"),
    BACKUP_DIFFERS(
            "fat-backup-differs",
            Severity.LOW,
            "the backup of the boot sector says something else than the boot sector"),
    CHAIN_LOOP("fat-chain-loop", Severity.MEDIUM, "a chain of clusters comes back to itself"),
    CHAIN_BROKEN(
            "fat-chain-broken",
            Severity.MEDIUM,
            "a chain of clusters leads to one that is free, bad or not there"),
    CHAIN_SHORT(
            "fat-chain-short", Severity.MEDIUM, "a file has fewer clusters than its size needs"),
    CROSS_LINKED("fat-cross-linked", Severity.MEDIUM, "two files or directories share a cluster"),
    LONG_NAME(
            "fat-long-name",
            Severity.LOW,
            "a long name does not belong to the short one after it, so readers disagree"),
    LOST_CLUSTERS("fat-lost-clusters", Severity.LOW, "clusters are in use, but no file has them");

    private final String code;
    private final Severity severity;
    private final String meaning;

    FatProblem(String code, Severity severity, String meaning) {
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
