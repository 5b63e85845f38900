package cofferdam.monitor.disk.luks;

import cofferdam.monitor.disk.SectorCipher;

import java.util.Optional;
import java.util.stream.Stream;

/** The ciphers that can be opened, by the names that dm-crypt gives them. */
public enum CipherMode {
    XTS_PLAIN64("aes-xts-plain64"),
    XTS_PLAIN("aes-xts-plain"),
    CBC_ESSIV_SHA256("aes-cbc-essiv:sha256"),
    CBC_PLAIN64("aes-cbc-plain64"),
    CBC_PLAIN("aes-cbc-plain"),
    ECB("aes-ecb"),
    NONE("cipher_null-ecb");

    private final String specification;

    CipherMode(String specification) {
        this.specification = specification;
    }

    /** Its name as in a LUKS header, such as {@code aes-xts-plain64}. */
    public String specification() {
        return specification;
    }

    /** The mode of that name; empty where it is none of these. */
    public static Optional<CipherMode> named(String specification) {
        return Stream.of(values())
                .filter(mode -> mode.specification.equals(specification))
                .findFirst();
    }

    /** Whether it works with a key of these many bytes. */
    public boolean takes(int keyBytes) {
        return switch (this) {
            case XTS_PLAIN64, XTS_PLAIN -> keyBytes == 32 || keyBytes == 64;
            case CBC_ESSIV_SHA256, CBC_PLAIN64, CBC_PLAIN, ECB ->
                keyBytes == 16 || keyBytes == 24 || keyBytes == 32;
            case NONE -> keyBytes >= 0;
        };
    }

    /**
     * The cipher under a key.
     *
     * @param sectorSize in bytes: 512, 1024, 2048 or 4096
     * @throws IllegalArgumentException if it does not take the key or the size
     */
    public SectorCipher cipher(byte[] key, int sectorSize) {
        return switch (this) {
            case XTS_PLAIN64 -> new XtsCipher(key, sectorSize);
            case XTS_PLAIN -> XtsCipher.plain(key, sectorSize);
            case CBC_ESSIV_SHA256 -> new CbcCipher(CbcCipher.Iv.ESSIV_SHA256, key, sectorSize);
            case CBC_PLAIN64 -> new CbcCipher(CbcCipher.Iv.PLAIN64, key, sectorSize);
            case CBC_PLAIN -> new CbcCipher(CbcCipher.Iv.PLAIN, key, sectorSize);
            case ECB -> new EcbCipher(key, sectorSize);
            case NONE -> new NoCipher(Aes.requireSectorSize(sectorSize));
        };
    }
}
