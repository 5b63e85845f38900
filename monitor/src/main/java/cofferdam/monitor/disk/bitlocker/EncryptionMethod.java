package cofferdam.monitor.disk.bitlocker;

import java.util.stream.Stream;

/** How the sectors are enciphered. */
public enum EncryptionMethod {
    NONE(0x0000),
    AES_CBC_128_DIFFUSER(0x8000),
    AES_CBC_256_DIFFUSER(0x8001),
    AES_CBC_128(0x8002),
    AES_CBC_256(0x8003),
    AES_XTS_128(0x8004),
    AES_XTS_256(0x8005),
    /** Any other. */
    UNKNOWN(-1);

    private final int code;

    EncryptionMethod(int code) {
        this.code = code;
    }

    /** The method of these 16 bits. */
    static EncryptionMethod of(int code) {
        return Stream.of(values()).filter(it -> it.code == code).findFirst().orElse(UNKNOWN);
    }
}
