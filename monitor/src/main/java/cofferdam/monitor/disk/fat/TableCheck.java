package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.util.Arrays;

/** Holds the copies of the allocation table against one another, and against the files. */
final class TableCheck {

    /** How much of each copy is compared, in bytes: all of it up to 16 million clusters. */
    private static final int MAXIMUM_COMPARED = 1 << 26;

    /** How many clusters are looked at: all of them in most file systems. */
    private static final int MAXIMUM_CLUSTERS = 1 << 24;

    private static final int PIECE = 1 << 16;

    private final ByteSource source;
    private final BootSector boot;
    private final AllocationTable table;
    private final ClusterSet taken;

    TableCheck(ByteSource source, BootSector boot, AllocationTable table, ClusterSet taken) {
        this.source = source;
        this.boot = boot;
        this.table = table;
        this.taken = taken;
    }

    void run(ProblemLog log) throws IOException {
        reportLostClusters(log);
        if (boot.mirrored() && boot.copies() > 1) {
            reportDifference(log);
        }
    }

    private void reportLostClusters(ProblemLog log) throws IOException {
        int lost = countLostClusters();
        if (lost > 0) {
            log.report(FatProblem.LOST_CLUSTERS, () -> "%d of them".formatted(lost));
        }
    }

    private int countLostClusters() throws IOException {
        int end = BootSector.FIRST_CLUSTER + Math.min(boot.countedClusters(), MAXIMUM_CLUSTERS);
        int lost = 0;
        for (int cluster = BootSector.FIRST_CLUSTER; cluster < end; cluster++) {
            int next = table.next(cluster);
            boolean used = next != FatVariant.FREE && next != boot.variant().bad();
            if (used && !taken.contains(cluster)) {
                lost++;
            }
        }
        return lost;
    }

    /** Only the first two: more than two copies are unheard of. */
    private void reportDifference(ProblemLog log) throws IOException {
        long there = source.size() - boot.copyOffset(1);
        long compared = Math.min(Math.min(boot.copyLength(), MAXIMUM_COMPARED), there);
        for (long at = 0; at < compared; at += PIECE) {
            int count = (int) Math.min(PIECE, compared - at);
            byte[] first = source.read(boot.copyOffset(0) + at, count);
            byte[] second = source.read(boot.copyOffset(1) + at, count);
            int difference = Arrays.mismatch(first, second);
            if (difference >= 0) {
                long where = at + difference;
                log.report(
                        FatProblem.COPIES_DIFFER,
                        () -> "the first two differ at byte %d".formatted(where));
                return;
            }
        }
    }
}
