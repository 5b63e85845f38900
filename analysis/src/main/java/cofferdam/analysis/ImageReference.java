package cofferdam.analysis;

import java.util.List;

/**
 * Places in an image file, or in what was read from a disk, that prove something.
 *
 * @param file its name in the run's folder
 * @param offsets in bytes, ascending; at most {@link #MAXIMUM_OFFSETS}
 */
public record ImageReference(String file, List<Long> offsets) implements EvidenceReference {

    /** The most offsets of one reference; a judgement's reason has the full count. */
    public static final int MAXIMUM_OFFSETS = 100;

    public ImageReference {
        offsets = offsets.stream().sorted().limit(MAXIMUM_OFFSETS).toList();
    }
}
