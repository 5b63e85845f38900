package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** What can be wrong with a LUKS volume. */
public enum LuksProblem implements ProblemKind {
    INVALID("luks-invalid", Severity.HIGH, "the header says something that cannot be"),
    CHECKSUM("luks-checksum", Severity.HIGH, "a header is not what its checksum is of"),
    HEADERS_DIFFER(
            "luks-headers-differ",
            Severity.HIGH,
            "the two headers do not say the same, so that readers may disagree"),
    KEY_SLOT_OUTSIDE(
            "luks-key-slot-outside",
            Severity.HIGH,
            "the area of a key slot is not between the header and the data"),
    NULL_CIPHER("luks-null-cipher", Severity.HIGH, "the data is not enciphered at all"),
    WEAK_MODE(
            "luks-weak-mode",
            Severity.MEDIUM,
            "the cipher's mode shows equal data, or where chosen data was written"),
    WEAK_HASH("luks-weak-hash", Severity.LOW, "an old hash function makes the keys"),
    QUICK_DERIVATION(
            "luks-quick-derivation",
            Severity.MEDIUM,
            "passphrases can be tried quickly, since little work makes a key of each"),
    REENCRYPTION(
            "luks-reencryption",
            Severity.MEDIUM,
            "reencryption was begun and not ended, so that some data may be plain"),
    DETACHED("luks-detached-header", Severity.LOW, "the data is not behind its header"),
    NO_INTEGRITY(
            "luks-no-integrity", Severity.LOW, "changes of the enciphered data are not noticed"),
    UNKNOWN_CIPHER("luks-unknown-cipher", Severity.LOW, "a cipher or a hash is not known"),
    TOO_COSTLY(
            "luks-too-costly",
            Severity.MEDIUM,
            "trying a passphrase takes more memory or work than is allowed");

    private final String code;
    private final Severity severity;
    private final String meaning;

    LuksProblem(String code, Severity severity, String meaning) {
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
