package cofferdam.analysis.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The frames of a machine's pages in the pages' order, as events have them: runs such as {@code 4-7},
 * {@code 9-8} for frames that go down, and {@code x3} for three pages that have none.
 */
public final class PageFrames {

    /** The most pages: what 1 GiB has. */
    static final int MAXIMUM_PAGES = 1 << 18;

    private static final Pattern RUN =
            Pattern.compile("x([0-9]{1,6})|([0-9]{1,7})(?:-([0-9]{1,7}))?");

    private PageFrames() {}

    /**
     * The frame of each page, -1 where it has none; none at all if the text is empty.
     *
     * @throws MissingEvidenceException if it is not of that form
     */
    public static List<Integer> parse(String text) throws MissingEvidenceException {
        List<Integer> frames = new ArrayList<>();
        if (text.isEmpty()) {
            return frames;
        }
        for (String run : text.split(",", -1)) {
            Matcher matcher = RUN.matcher(run);
            if (!matcher.matches()) {
                throw malformed(run);
            }
            if (matcher.group(1) != null) {
                add(frames, run, -1, Integer.parseInt(matcher.group(1)), 0);
                continue;
            }
            int first = Integer.parseInt(matcher.group(2));
            int last = matcher.group(3) == null ? first : Integer.parseInt(matcher.group(3));
            if (Math.max(first, last) >= FrameRanges.MAXIMUM_FRAMES) {
                throw malformed(run);
            }
            add(frames, run, first, Math.abs(last - first) + 1, Integer.signum(last - first));
        }
        return List.copyOf(frames);
    }

    private static void add(List<Integer> frames, String run, int first, int count, int step)
            throws MissingEvidenceException {
        if (count > MAXIMUM_PAGES - frames.size()) {
            throw malformed(run);
        }
        for (int page = 0; page < count; page++) {
            frames.add(first + page * step);
        }
    }

    private static MissingEvidenceException malformed(String run) {
        return new MissingEvidenceException("'%s' is no run of frames of at most %d pages"
                .formatted(run.substring(0, Math.min(run.length(), 20)), MAXIMUM_PAGES));
    }
}
