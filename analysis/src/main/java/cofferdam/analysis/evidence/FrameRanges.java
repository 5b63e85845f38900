package cofferdam.analysis.evidence;

import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers of frames as events have them: ranges such as {@code 4-7,12}, ascending and apart. */
public final class FrameRanges {

    /** Numbers are below this: what 16 GiB have. */
    public static final int MAXIMUM_FRAMES = 1 << 22;

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,7})(?:-([0-9]{1,7}))?");

    private FrameRanges() {}

    /**
     * The frames of such a text; none if it is empty.
     *
     * @throws MissingEvidenceException if it is not of that form
     */
    public static BitSet parse(String text) throws MissingEvidenceException {
        BitSet frames = new BitSet();
        if (text.isEmpty()) {
            return frames;
        }
        int next = 0;
        for (String range : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(range);
            if (!matcher.matches()) {
                throw malformed(range);
            }
            int first = Integer.parseInt(matcher.group(1));
            int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
            if (first < next || last < first || last >= MAXIMUM_FRAMES) {
                throw malformed(range);
            }
            frames.set(first, last + 1);
            next = last + 1;
        }
        return frames;
    }

    private static MissingEvidenceException malformed(String range) {
        return new MissingEvidenceException("'%s' is no range of frames, ascending and below %d"
                .formatted(range.substring(0, Math.min(range.length(), 20)), MAXIMUM_FRAMES));
    }
}
