package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** What can be wrong with an NTFS volume. */
public enum NtfsProblem implements ProblemKind {
    BAD_BOOT_SECTOR(
            "ntfs-bad-boot-sector",
            Severity.MEDIUM,
            "the boot sector cannot be used; its backup at the volume's end was taken instead"),
    BOOT_BACKUP_DIFFERS(
            "ntfs-boot-backup-differs",
            Severity.MEDIUM,
            "the boot sector and its backup describe different volumes"),
    BOOT_BACKUP_MISSING(
            "ntfs-boot-backup-missing", Severity.LOW, "the volume's last sector is no boot sector"),
    BAD_GEOMETRY(
            "ntfs-bad-geometry",
            Severity.MEDIUM,
            "a sector, cluster or record size, or the volume's size, is impossible"),
    BAD_MASTER_FILE_TABLE(
            "ntfs-bad-master-file-table",
            Severity.MEDIUM,
            "the first record of the master file table is damaged; its mirror was taken instead"),
    BAD_RECORD(
            "ntfs-bad-record",
            Severity.MEDIUM,
            "a record of the master file table is malformed; what it held is not told"),
    FIXUP_MISMATCH(
            "ntfs-fixup-mismatch",
            Severity.MEDIUM,
            "a record's sectors were not written together, or were changed later"),
    BAD_RUN_LIST("ntfs-bad-run-list", Severity.MEDIUM, "a run list is malformed"),
    RUN_OUTSIDE("ntfs-run-outside", Severity.HIGH, "a file's clusters lie outside the volume"),
    CROSS_LINKED("ntfs-cross-linked", Severity.HIGH, "two files in use claim the same clusters"),
    RECORD_LOOP(
            "ntfs-record-loop",
            Severity.MEDIUM,
            "an extension record extends no file: itself, another extension, or nothing"),
    BAD_ATTRIBUTE_LIST(
            "ntfs-bad-attribute-list",
            Severity.MEDIUM,
            "an attribute list names itself, or records that are not its file's"),
    PARENT_LOOP(
            "ntfs-parent-loop", Severity.MEDIUM, "folders contain each other and lead to no root"),
    BAD_COMPRESSION(
            "ntfs-bad-compression", Severity.LOW, "compressed content cannot be decompressed"),
    BAD_BITMAP("ntfs-bad-bitmap", Severity.MEDIUM, "the bitmap of used clusters cannot be read"),
    DIRTY(
            "ntfs-dirty",
            Severity.LOW,
            "the volume was not unmounted; its log may hold newer metadata"),
    COMPRESSED(
            "ntfs-compressed",
            Severity.LOW,
            "a file's content is compressed: a search of the plain clusters cannot see all of it"),
    ENCRYPTED(
            "ntfs-encrypted",
            Severity.LOW,
            "a file's content is enciphered by EFS: a search sees none of it");

    private final String code;
    private final Severity severity;
    private final String meaning;

    NtfsProblem(String code, Severity severity, String meaning) {
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
