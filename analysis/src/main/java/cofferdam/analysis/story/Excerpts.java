package cofferdam.analysis.story;

import cofferdam.monitor.evidence.Canary;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Cuts bytes out around what was found in them. */
final class Excerpts {

    /** Bytes of a row. */
    static final int ROW = 16;

    /** Rows of an excerpt. */
    static final int MAXIMUM_ROWS = 6;

    /** How many places of a file are shown. */
    static final int MAXIMUM_PLACES = 2;

    /** More bytes of a frame than this are not shown. */
    private static final int FRAME_BYTES = 8 * ROW;

    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_16LE);

    private final List<Canary> canaries;

    /** Excerpts in which these canaries are marked. */
    Excerpts(List<Canary> canaries) {
        this.canaries = List.copyOf(canaries);
    }

    /** The first places of a file. */
    List<Excerpt> of(String file, byte[] bytes, List<Long> offsets) {
        List<Excerpt> excerpts = new ArrayList<>();
        List<Long> within = offsets.stream()
                .filter(offset -> 0 <= offset && offset < bytes.length)
                .limit(MAXIMUM_PLACES)
                .toList();
        for (int place = 0; place < within.size(); place++) {
            int at = Math.toIntExact(within.get(place));
            String title = "place %d of %d, at offset %d (0x%x)"
                    .formatted(place + 1, offsets.size(), at, at);
            int end = at + markedAt(bytes, at);
            int start = Math.max(0, at / ROW * ROW - ROW);
            int rows = Math.min(MAXIMUM_ROWS, (end - start - 1) / ROW + 2);
            excerpts.add(new Excerpt(
                    file, title, rows(bytes, start, start + (long) rows * ROW, at, end)));
        }
        return excerpts;
    }

    /** Of these frames the one with the longest readable text in it, from its beginning. */
    static Excerpt mostReadable(String file, NavigableMap<Integer, byte[]> frames) {
        Map.Entry<Integer, byte[]> best = frames.firstEntry();
        Text longest = Text.longest(best.getValue());
        for (Map.Entry<Integer, byte[]> frame : frames.entrySet()) {
            Text text = Text.longest(frame.getValue());
            if (text.length() > longest.length()) {
                best = frame;
                longest = text;
            }
        }
        byte[] bytes = best.getValue();
        String rest = bytes.length > FRAME_BYTES
                ? ", the first %d of %d bytes".formatted(FRAME_BYTES, bytes.length)
                : "";
        return new Excerpt(
                file,
                "frame %d%s".formatted(best.getKey(), rest),
                rows(bytes, 0, FRAME_BYTES, longest.from(), longest.until()));
    }

    /** Readable characters in a row; none if there are fewer than make a word. */
    private record Text(int from, int until) {

        private static final int WORD = 8;

        int length() {
            return until - from;
        }

        static Text longest(byte[] bytes) {
            Text longest = new Text(0, 0);
            int from = 0;
            for (int at = 0; at <= bytes.length; at++) {
                if (at < bytes.length && isReadable(bytes[at])) {
                    continue;
                }
                Text text = new Text(from, at);
                longest = text.length() >= Math.max(WORD, longest.length() + 1) ? text : longest;
                from = at + 1;
            }
            return longest;
        }

        private static boolean isReadable(byte sign) {
            return (' ' <= sign && sign <= '~') || sign == '\r' || sign == '\n';
        }
    }

    private static List<Excerpt.Row> rows(byte[] bytes, int start, long limit, int from, int end) {
        List<Excerpt.Row> rows = new ArrayList<>();
        for (int at = start; at < Math.min(limit, bytes.length); at += ROW) {
            int until = (int) Math.min(Math.min(at + (long) ROW, bytes.length), limit);
            rows.add(new Excerpt.Row(
                    at,
                    HexFormat.of().formatHex(bytes, at, until),
                    Math.clamp(from - (long) at, 0, until - at),
                    Math.clamp(end - (long) at, 0, until - at)));
        }
        return rows;
    }

    /** How many bytes from there on are a canary, or at least half of one; else one byte. */
    private int markedAt(byte[] bytes, int at) {
        int longest = 1;
        for (Canary canary : canaries) {
            for (Charset charset : CHARSETS) {
                byte[] whole = canary.value().getBytes(charset);
                int half = whole.length / 2;
                boolean begins = matches(bytes, at, whole, 0, half);
                boolean ends = matches(bytes, at, whole, half, whole.length);
                int length = ends ? whole.length : begins ? half : 0;
                longest = Math.max(longest, length);
            }
        }
        return longest;
    }

    private static boolean matches(byte[] bytes, int at, byte[] whole, int from, int until) {
        if ((long) at + until > bytes.length) {
            return false;
        }
        for (int index = from; index < until; index++) {
            if (bytes[at + index] != whole[index]) {
                return false;
            }
        }
        return true;
    }
}
