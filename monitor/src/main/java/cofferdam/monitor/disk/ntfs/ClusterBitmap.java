package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.Arrays;

/**
 * $Bitmap: which clusters are in use, one bit each (Linux-NTFS documentation, "$Bitmap"). Read a
 * page at a time. Not safe for use by several threads.
 */
final class ClusterBitmap {

    private static final int PAGE = 16 << 10;
    private static final long PAGE_CLUSTERS = 8L * PAGE;

    /** How many clusters may be looked up for each cluster of the volume, on average. */
    private static final int MAX_LOOKUPS_A_CLUSTER = 16;

    private static final long LEAST_LOOKUPS = 1 << 20;

    /** Takes runs of clusters that are free. */
    interface FreeRuns {
        void run(long lcn, long clusters) throws IOException;
    }

    private final ByteSource content;
    private final ProblemLog problems;
    private final byte[] page = new byte[PAGE];
    private long pageNumber = -1;
    private long lookupsLeft;
    private boolean exhausted;

    /**
     * @param content of $Bitmap; clusters that it has no bit for count as free
     * @param clusters of the volume
     */
    ClusterBitmap(ByteSource content, long clusters, ProblemLog problems) {
        this.content = content;
        this.problems = problems;
        lookupsLeft = Math.max(LEAST_LOOKUPS, MAX_LOOKUPS_A_CLUSTER * clusters);
    }

    /** Tells the free runs among these clusters, until all deleted files have had their share. */
    void free(long lcn, long clusters, FreeRuns into) throws IOException {
        lookupsLeft -= clusters;
        if (lookupsLeft < 0) {
            tellExhausted();
            return;
        }
        long freeFrom = -1;
        for (long at = lcn; at < lcn + clusters; at++) {
            boolean free = isFree(at);
            if (free && freeFrom < 0) {
                freeFrom = at;
            }
            if (!free && freeFrom >= 0) {
                into.run(freeFrom, at - freeFrom);
                freeFrom = -1;
            }
        }
        if (freeFrom >= 0) {
            into.run(freeFrom, lcn + clusters - freeFrom);
        }
    }

    private boolean isFree(long cluster) throws IOException {
        load(cluster / PAGE_CLUSTERS);
        int bit = (int) (cluster % PAGE_CLUSTERS);
        return (page[bit >> 3] & (1 << (bit & 7))) == 0;
    }

    private void load(long number) throws IOException {
        if (number == pageNumber) {
            return;
        }
        Arrays.fill(page, (byte) 0);
        pageNumber = number;
        long offset = number * PAGE;
        int count = Math.clamp(content.size() - offset, 0, PAGE);
        try {
            content.read(offset, page, 0, count);
        } catch (MalformedImageException e) {
            problems.add(NtfsProblem.BAD_BITMAP, e.problem().detail());
        }
    }

    private void tellExhausted() {
        if (!exhausted) {
            problems.add(
                    CommonProblem.WORK_LIMIT,
                    "deleted files claim the volume more than %d times over"
                            .formatted(MAX_LOOKUPS_A_CLUSTER));
        }
        exhausted = true;
    }
}
