package cofferdam.monitor.disk.bitlocker;

import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Severity;

/** What can be wrong with a BitLocker volume. */
public enum BitLockerProblem implements ProblemKind {
    METADATA("bitlocker-metadata", Severity.HIGH, "a copy of the metadata cannot be read"),
    METADATA_DIFFERS(
            "bitlocker-metadata-differs",
            Severity.HIGH,
            "the copies of the metadata do not say the same"),
    SUSPENDED(
            "bitlocker-suspended",
            Severity.HIGH,
            "the key lies on the volume in the clear, so that anyone can open it"),
    NOT_ENCRYPTED("bitlocker-not-encrypted", Severity.HIGH, "the data is not enciphered"),
    PARTIAL(
            "bitlocker-partial",
            Severity.HIGH,
            "only a part of the volume is enciphered, or still enciphered"),
    ENCRYPT_ON_WRITE(
            "bitlocker-encrypt-on-write",
            Severity.MEDIUM,
            "what has not been written since encryption began is not enciphered"),
    WEAK_MODE(
            "bitlocker-weak-mode",
            Severity.LOW,
            "AES-CBC without a diffuser lets chosen bits be changed"),
    UNKNOWN_METHOD("bitlocker-unknown-method", Severity.LOW, "the cipher is not known");

    private final String code;
    private final Severity severity;
    private final String meaning;

    BitLockerProblem(String code, Severity severity, String meaning) {
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
