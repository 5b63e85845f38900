package cofferdam.analysis;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Frames of a capture that prove something.
 *
 * @param file the capture's name in the run's folder
 * @param comments by frame number as Wireshark counts, from 1: what each of them proves, in one
 *     line
 */
public record FrameReference(String file, SortedMap<Integer, String> comments)
        implements EvidenceReference {

    public FrameReference {
        comments = Collections.unmodifiableSortedMap(new TreeMap<>(comments));
    }

    /** The frames' numbers, ascending. */
    public List<Integer> frames() {
        return List.copyOf(comments.keySet());
    }
}
