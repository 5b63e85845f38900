package cofferdam.analysis;

import cofferdam.monitor.evidence.Canary;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Looks for a canary in bytes of any format. */
final class CanarySearch {

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_16LE);

    private CanarySearch() {}

    /**
     * Every offset at which the canary is, as text of one or of two bytes a character. Half of it is
     * enough, since a container may put the two halves of what it holds in different places.
     */
    static List<Long> offsets(byte[] bytes, Canary canary) {
        NavigableSet<Long> offsets = new TreeSet<>();
        int half = canary.value().length() / 2;
        for (Charset charset : CHARSETS) {
            byte[] first = canary.value().substring(0, half).getBytes(charset);
            byte[] second = canary.value().substring(half).getBytes(charset);
            collect(bytes, first, 0, offsets);
            collect(bytes, second, first.length, offsets);
        }
        return List.copyOf(offsets);
    }

    /** Adds where the canary begins, or would begin, by where a part of it is. */
    private static void collect(byte[] bytes, byte[] part, int behind, NavigableSet<Long> offsets) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            if (bytes[at] == part[0] && isAt(bytes, part, at)) {
                offsets.add(Math.max(0L, at - (long) behind));
            }
        }
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
