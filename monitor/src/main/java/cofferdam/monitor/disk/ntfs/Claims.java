package cofferdam.monitor.disk.ntfs;

import java.util.BitSet;

/** Notices clusters that two files in use claim, with a bit a cluster. */
final class Claims {

    /** The largest volume that is checked, in clusters: a bit each makes 8 MiB. */
    static final long MAX_CLUSTERS = 1 << 26;

    private final ProblemLog problems;
    private final BitSet claimed = new BitSet();
    private long left;

    Claims(long clusters, ProblemLog problems) {
        this.problems = problems;
        // Once more is claimed than there is, two claims have met, and the work may end.
        left = clusters <= MAX_CLUSTERS ? 2 * clusters : 0;
    }

    /** Claims these clusters of the volume for a file. */
    void claim(long lcn, long clusters, long file) {
        if (clusters > left) {
            left = 0;
            return;
        }
        left -= clusters;
        int from = (int) lcn;
        int to = (int) (lcn + clusters);
        int met = claimed.nextSetBit(from);
        if (met >= 0 && met < to) {
            problems.add(
                    NtfsProblem.CROSS_LINKED,
                    "cluster %d belongs to record %d and to one before it".formatted(met, file));
        }
        claimed.set(from, to);
    }
}
