package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** Structural problems of qcow2 images. */
public enum Qcow2Problem implements ProblemKind {
    BAD_HEADER("qcow2-header", Severity.MEDIUM, "the header contradicts the format"),
    UNKNOWN_VERSION("qcow2-version", Severity.LOW, "the version is neither 2 nor 3"),
    UNKNOWN_FEATURE(
            "unknown-feature",
            Severity.HIGH,
            "an incompatible feature is set that no reader may ignore"),
    BAD_EXTENSION(
            "header-extension", Severity.MEDIUM, "a header extension is cut short or contradicts"),
    BACKING_FILE("backing-file", Severity.MEDIUM, "the image reads from another file of the host"),
    BAD_BACKING_NAME(
            "backing-name",
            Severity.MEDIUM,
            "the name of the backing file is too long or not in the header's cluster"),
    EXTERNAL_DATA_FILE(
            "external-data-file",
            Severity.HIGH,
            "the guest's data is in another file of the host, which the image chooses"),
    QCOW2_AES(
            "qcow2-aes",
            Severity.MEDIUM,
            "it is enciphered by the old AES method, whose design is flawed"),
    NO_KEY("qcow2-locked", Severity.LOW, "its data is enciphered and no key was given"),
    ENCRYPTION_HEADER(
            "encryption-header",
            Severity.MEDIUM,
            "the encryption header is missing, misplaced or not asked for"),
    DIRTY("qcow2-dirty", Severity.LOW, "it was not closed; reference counts may be wrong"),
    CORRUPT("qcow2-corrupt", Severity.MEDIUM, "its writer marked it as corrupt"),
    L1_OUT_OF_BOUNDS(
            "l1-out-of-bounds", Severity.HIGH, "an L1 table is unaligned or outside the file"),
    L1_TOO_SMALL("l1-too-small", Severity.MEDIUM, "an L1 table does not cover its disk"),
    L1_SELF_REFERENCE(
            "l1-self-reference", Severity.HIGH, "an L1 table has itself as one of its L2 tables"),
    SNAPSHOT_TABLE("snapshot-table", Severity.MEDIUM, "the table of snapshots cannot be read"),
    BITMAPS("bitmaps", Severity.MEDIUM, "the bitmaps contradict the format"),
    STALE_BITMAPS("stale-bitmaps", Severity.LOW, "there are bitmaps that do not count any more"),
    UNALIGNED("unaligned-offset", Severity.HIGH, "an offset is not a multiple of the cluster"),
    OUT_OF_FILE("offset-past-end", Severity.MEDIUM, "an offset lies outside the file"),
    RESERVED_BITS("reserved-bits", Severity.LOW, "bits are set that have no meaning"),
    SUBCLUSTERS(
            "subcluster-bits",
            Severity.MEDIUM,
            "a subcluster is both allocated and zero, or allocated nowhere"),
    TABLE_OVERLAP(
            "table-overlap",
            Severity.HIGH,
            "a cluster holds more than one structure, or a structure and data"),
    TABLE_ALIASED("table-aliased", Severity.HIGH, "one disk refers to an L2 table more than once"),
    CLUSTER_ALIASED(
            "cluster-aliased", Severity.HIGH, "several places of one disk are the same cluster"),
    COPIED_FLAG(
            "copied-flag",
            Severity.MEDIUM,
            "an entry's flag for exclusive use contradicts the reference count"),
    REFCOUNT_TABLE(
            "refcount-table", Severity.HIGH, "there are no reference counts that can be read"),
    REFCOUNT_TOO_LOW(
            "refcount-too-low",
            Severity.HIGH,
            "a cluster has more references than counted, so a writer takes it for free or its own"),
    REFCOUNT_OVERFLOW(
            "refcount-overflow",
            Severity.HIGH,
            "a cluster has more references than its count can hold, as an alias bomb does"),
    REFCOUNT_LEAK(
            "refcount-leak",
            Severity.LOW,
            "a cluster is counted though nothing refers to it, so old bytes stay in it"),
    COMPRESSED_DATA(
            "compressed-cluster", Severity.MEDIUM, "a compressed cluster does not decompress");

    private final String code;
    private final Severity severity;
    private final String meaning;

    Qcow2Problem(String code, Severity severity, String meaning) {
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
