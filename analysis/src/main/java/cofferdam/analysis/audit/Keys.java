package cofferdam.analysis.audit;

import java.util.List;

/**
 * Passphrases and volume keys to try on whatever is enciphered.
 *
 * @param passphrases as bytes, each whole
 * @param volumeKeys the keys themselves, as bytes
 */
public record Keys(List<byte[]> passphrases, List<byte[]> volumeKeys) {

    /** Nothing to unlock with. */
    public static final Keys NONE = new Keys(List.of(), List.of());

    public Keys {
        passphrases = List.copyOf(passphrases);
        volumeKeys = List.copyOf(volumeKeys);
    }

    /** Whether there is nothing to try. */
    boolean isEmpty() {
        return passphrases.isEmpty() && volumeKeys.isEmpty();
    }

    /** Says how many there are, and never what they are. */
    @Override
    public String toString() {
        return "%d passphrases, %d volume keys".formatted(passphrases.size(), volumeKeys.size());
    }
}
