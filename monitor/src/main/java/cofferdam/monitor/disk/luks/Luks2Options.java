package cofferdam.monitor.disk.luks;

/**
 * How a LUKS2 volume is laid out when it is made.
 *
 * @param keyBytes the size of the volume key in bytes, as the cipher takes it
 * @param sectorSize in bytes: 512, 1024, 2048 or 4096
 * @param pbkdf how the passphrase becomes a key
 * @param payloadOffset where the enciphered data begins, in bytes: a multiple of 4096, at least
 *     {@link #LEAST_OFFSET}
 * @param label at most 47 ASCII characters
 */
public record Luks2Options(
        CipherMode cipher,
        int keyBytes,
        int sectorSize,
        Pbkdf pbkdf,
        int payloadOffset,
        String label) {

    /** The two headers of 16 KiB and one slot for a key of 64 bytes. */
    public static final int LEAST_OFFSET = 2 * 16_384 + 258_048;

    private static final int COMMON_OFFSET = 1 << 20;
    private static final int LONGEST_LABEL = 47;

    public Luks2Options {
        if (!cipher.takes(keyBytes) || keyBytes < 16 || keyBytes > 64) {
            throw new IllegalArgumentException("%s does not take a key of %d bytes"
                    .formatted(cipher.specification(), keyBytes));
        }
        Aes.requireSectorSize(sectorSize);
        if (payloadOffset < LEAST_OFFSET || payloadOffset % 4096 != 0) {
            throw new IllegalArgumentException(
                    "the payload is at a multiple of 4096 from %d on, not at %d"
                            .formatted(LEAST_OFFSET, payloadOffset));
        }
        if (label.length() > LONGEST_LABEL || !label.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("a label has at most 47 ASCII characters");
        }
    }

    /**
     * AES-256-XTS with sectors of 512 bytes, PBKDF2 with SHA-256, no label, and the payload at 1 MiB.
     *
     * @param iterations of PBKDF2; a thousand is quick and weak
     */
    public static Luks2Options quick(int iterations) {
        return new Luks2Options(
                CipherMode.XTS_PLAIN64,
                64,
                512,
                new Pbkdf.Pbkdf2(Hash.SHA256, iterations),
                COMMON_OFFSET,
                "");
    }
}
