package cofferdam.analysis.audit;

import java.util.List;

/**
 * Whether an image is enciphered, and what of it is not.
 *
 * @param kind {@code none}, {@code qcow2-aes}, {@code qcow2-luks}, {@code luks1}, {@code luks2} or
 *     {@code bitlocker}
 * @param unlocked whether one of the given keys unlocked all of it
 * @param plain what lies there in plain although the image is enciphered
 */
public record Encryption(String kind, boolean unlocked, List<PlainRange> plain) {

    /** The kind of an image without encryption. */
    public static final String NONE = "none";

    static final Encryption ABSENT = new Encryption(NONE, false, List.of());

    public Encryption {
        plain = List.copyOf(plain);
    }

    /** Whether there is any. */
    public boolean isPresent() {
        return !kind.equals(NONE);
    }

    /**
     * Something that is not enciphered.
     *
     * @param what in words, such as {@code partition 1 (vfat)}
     * @param bytes its size
     */
    public record PlainRange(String what, long bytes) {}
}
