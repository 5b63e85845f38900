package cofferdam.monitor.disk.fat;

import java.io.IOException;

/**
 * How following a chain of clusters ended.
 *
 * @param clusters how many it has up to there
 * @param at the cluster that ended it: the last one, or the one that cannot be followed
 */
record ClusterChain(End end, int clusters, int at) {

    /** The ways in which a chain can end. */
    enum End {
        /** As it should, or because as many clusters as were asked for are found. */
        COMPLETE,
        /** At a cluster that is free, bad or not there. */
        BROKEN,
        /** At a cluster that was met before, in this chain or in another. */
        TAKEN
    }

    /**
     * Follows a chain.
     *
     * @param first its first cluster, which may be none
     * @param atMost how many clusters are followed
     * @param taken the clusters met so far, to which those of this chain are added
     */
    static ClusterChain follow(
            BootSector boot,
            AllocationTable table,
            int first,
            long atMost,
            ClusterSet taken,
            ClusterRun.Visitor visitor)
            throws IOException {
        int runFirst = first;
        int runCount = 0;
        int clusters = 0;
        int cluster = first;
        End end = End.COMPLETE;
        while (clusters < atMost) {
            if (!boot.hasCluster(cluster)) {
                end = clusters > 0 && boot.variant().endsChain(cluster) ? End.COMPLETE : End.BROKEN;
                break;
            }
            int next = table.next(cluster);
            if (next == FatVariant.FREE || next == boot.variant().bad()) {
                end = End.BROKEN;
                break;
            }
            if (!taken.add(cluster)) {
                end = End.TAKEN;
                break;
            }
            if (runCount > 0 && cluster != runFirst + runCount) {
                visitor.visit(new ClusterRun(runFirst, runCount));
                runCount = 0;
            }
            if (runCount == 0) {
                runFirst = cluster;
            }
            runCount++;
            clusters++;
            cluster = next;
        }
        if (runCount > 0) {
            visitor.visit(new ClusterRun(runFirst, runCount));
        }
        return new ClusterChain(end, clusters, cluster);
    }

    /** Whether one of the first clusters of a chain, which were followed before, is this one. */
    static boolean reaches(AllocationTable table, int first, int clusters, int wanted)
            throws IOException {
        int cluster = first;
        for (int i = 0; i < clusters; i++) {
            if (cluster == wanted) {
                return true;
            }
            cluster = table.next(cluster);
        }
        return false;
    }
}
