package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** What can be wrong with an ext2, ext3 or ext4 file system. */
public enum ExtProblem implements ProblemKind {
    BAD_MAGIC("ext-bad-magic", Severity.MEDIUM, "there is no superblock where it should be"),
    BAD_GEOMETRY(
            "ext-bad-geometry", Severity.HIGH, "the superblock's sizes and counts are impossible"),
    UNSUPPORTED_FEATURE(
            "ext-unsupported-feature",
            Severity.MEDIUM,
            "it needs a feature that must be known to be read"),
    BEYOND_DEVICE(
            "ext-beyond-device",
            Severity.HIGH,
            "the file system, or a block that it refers to, lies beyond its partition"),
    BAD_DESCRIPTOR(
            "ext-bad-descriptor", Severity.HIGH, "a group's structures lie where they cannot lie"),
    BAD_CHECKSUM(
            "ext-bad-checksum",
            Severity.HIGH,
            "a structure was changed by something other than the file system"),
    BACKUP_CONTRADICTS(
            "ext-backup-contradicts",
            Severity.MEDIUM,
            "a backup superblock describes another file system than the primary one"),
    BAD_MAP("ext-bad-block-map", Severity.HIGH, "a file's map of blocks is not a map"),
    BLOCK_TWICE(
            "ext-block-twice",
            Severity.HIGH,
            "a block is used twice, so one file shows what belongs to another"),
    BAD_DIRECTORY("ext-bad-directory", Severity.HIGH, "a directory's entries are not entries"),
    DIRECTORY_LOOP(
            "ext-directory-loop", Severity.HIGH, "a directory is found in more than one place"),
    BAD_INODE("ext-bad-inode", Severity.MEDIUM, "an inode's fields contradict each other"),
    BAD_NAME(
            "ext-bad-name",
            Severity.HIGH,
            "a file name holds a slash or a NUL, or is dot or dot-dot where it must not be"),
    BLOCK_IN_USE_MARKED_FREE(
            "ext-used-block-marked-free",
            Severity.HIGH,
            "a block that is in use is marked free, so that writing will destroy it"),
    BLOCK_WITHOUT_OWNER(
            "ext-block-without-owner",
            Severity.MEDIUM,
            "blocks are marked used but belong to nothing: a place where data can hide"),
    INODE_MARKED_FREE(
            "ext-used-inode-marked-free",
            Severity.MEDIUM,
            "a file that a directory names has an inode that is marked free"),
    UNREACHABLE(
            "ext-unreachable-inode",
            Severity.MEDIUM,
            "a file exists that no directory names: a place where data can hide"),
    NOT_CLEAN(
            "ext-not-clean", Severity.LOW, "it was not unmounted, so its last changes may be half"),
    JOURNAL_NOT_EMPTY(
            "ext-journal-not-empty",
            Severity.MEDIUM,
            "changes wait in the journal, so a reader that replays it sees other contents"),
    ERRORS("ext-errors-recorded", Severity.LOW, "a kernel found errors in it"),
    ORPHANS("ext-orphans", Severity.LOW, "deleted files wait for the next mount to be freed"),
    ENCRYPTED("ext-encrypted-files", Severity.LOW, "files in it are enciphered each by itself");

    private final String code;
    private final Severity severity;
    private final String meaning;

    ExtProblem(String code, Severity severity, String meaning) {
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
