package cofferdam.analysis;

import cofferdam.monitor.evidence.Canary;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Looks for a canary in bytes of any format. */
final class CanarySearch {

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_16LE);

    private CanarySearch() {}

    /** Every offset at which the canary is, as text of one or of two bytes a character. */
    static List<Long> offsets(byte[] bytes, Canary canary) {
        List<Long> offsets = new ArrayList<>();
        for (Charset charset : CHARSETS) {
            byte[] wanted = canary.value().getBytes(charset);
            for (int at = 0; at <= bytes.length - wanted.length; at++) {
                if (bytes[at] == wanted[0] && isAt(bytes, wanted, at)) {
                    offsets.add((long) at);
                }
            }
        }
        return offsets;
    }

    private static boolean isAt(byte[] bytes, byte[] wanted, int at) {
        for (int index = 1; index < wanted.length; index++) {
            if (bytes[at + index] != wanted[index]) {
                return false;
            }
        }
        return true;
    }
}
