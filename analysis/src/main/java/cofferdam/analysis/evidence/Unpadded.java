package cofferdam.analysis.evidence;

import java.util.Arrays;

/**
 * A whole frame, compared byte for byte but for the zeros at its end, since a wire pads short
 * frames with zeros (IEEE Std 802.3, clause 4.2.3.3).
 */
public final class Unpadded {

    private final byte[] frame;
    private final int end;
    private final int hash;

    Unpadded(byte[] frame) {
        this.frame = frame;
        int last = frame.length;
        while (last > 0 && frame[last - 1] == 0) {
            last--;
        }
        end = last;
        int sum = 0;
        for (int i = 0; i < end; i++) {
            sum = 31 * sum + frame[i];
        }
        hash = sum;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Unpadded that
                && hash == that.hash
                && Arrays.equals(frame, 0, end, that.frame, 0, that.end);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
