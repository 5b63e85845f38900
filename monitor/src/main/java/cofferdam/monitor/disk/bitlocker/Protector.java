package cofferdam.monitor.disk.bitlocker;

import java.util.stream.Stream;

/** What a copy of the volume's master key is protected by. */
public enum Protector {
    /** Nothing: the key to it lies beside it. */
    CLEAR_KEY(0x0000),
    TPM(0x0100),
    STARTUP_KEY(0x0200),
    TPM_AND_PIN(0x0500),
    RECOVERY_PASSWORD(0x0800),
    PASSWORD(0x2000),
    /** Any other. */
    UNKNOWN(-1);

    private final int code;

    Protector(int code) {
        this.code = code;
    }

    /** The protector of these 16 bits. */
    static Protector of(int code) {
        return Stream.of(values()).filter(it -> it.code == code).findFirst().orElse(UNKNOWN);
    }
}
