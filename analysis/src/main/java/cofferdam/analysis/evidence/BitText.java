package cofferdam.analysis.evidence;

import java.util.BitSet;
import java.util.HexFormat;

/** Bits as events have them: hexadecimal digits of bytes, the lowest bit first. */
public final class BitText {

    private BitText() {}

    /**
     * So many bits.
     *
     * @throws MissingEvidenceException if the text has fewer or more of them, or other signs
     */
    public static BitSet parse(String text, int bits) throws MissingEvidenceException {
        if (bits < 1 || text.length() != 2L * Math.ceilDiv(bits, Byte.SIZE)) {
            throw new MissingEvidenceException(
                    "%d digits are not those of %d bits".formatted(text.length(), bits));
        }
        BitSet parsed;
        try {
            parsed = BitSet.valueOf(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new MissingEvidenceException("bits are not told in hexadecimal digits");
        }
        if (parsed.length() > bits) {
            throw new MissingEvidenceException(
                    "there is a bit %d of %d".formatted(parsed.length(), bits));
        }
        return parsed;
    }
}
