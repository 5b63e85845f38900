package cofferdam.monitor.disk.integrity;

import java.util.List;

/**
 * What a whole disk's comparison with its trusted root showed.
 *
 * @param damaged the first damaged ranges in order of offset, neighbours joined: at most {@link
 *     #MOST} of data, of the tree and of the size each
 * @param damagedBytes how many bytes of data are damaged in all
 */
public record Verification(List<DamagedRange> damaged, long damagedBytes) {

    /** How many ranges of each part are named at most. */
    public static final int MOST = 16;

    public Verification {
        damaged = List.copyOf(damaged);
    }

    /** Whether everything is as the root says. */
    public boolean intact() {
        return damaged.isEmpty();
    }
}
