package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds where deleted files were. Their chains are gone; their entries still have the first cluster and
 * the size. They are taken to have been in one piece, and of it only the clusters that are free now are
 * told.
 */
final class DeletedFiles {

    /** How many clusters are looked at in all, whatever sizes deleted entries claim. */
    private static final int MAXIMUM_CLUSTERS = 1 << 24;

    private static final int MAXIMUM_DIRECTORIES = 1 << 16;

    private final BootSector boot;
    private final AllocationTable table;
    private final Set<Integer> directories = new HashSet<>();
    private long clustersLeft = MAXIMUM_CLUSTERS;

    DeletedFiles(BootSector boot, AllocationTable table) {
        this.boot = boot;
        this.table = table;
    }

    /** Is told the free runs of a file. */
    @FunctionalInterface
    interface Visitor {
        void visit(ClusterRun run, long fileOffset) throws IOException;
    }

    /** Tells where a file was; the rest of its last cluster was its slack, and is told as well. */
    void file(DirectoryEntry entry, Visitor visitor, ProblemLog log) throws IOException {
        int first = entry.firstCluster();
        if (!boot.hasCluster(first)) {
            return;
        }
        long wanted = (entry.size() + boot.clusterSize() - 1) / boot.clusterSize();
        long there = (long) boot.countedClusters() - (first - BootSector.FIRST_CLUSTER);
        int count = (int) Math.min(wanted, there);
        if (count > clustersLeft) {
            log.report(
                    CommonProblem.LIMIT,
                    () -> "deleted files claim more than %d clusters".formatted(MAXIMUM_CLUSTERS));
            return;
        }
        clustersLeft -= count;
        int at = 0;
        while (at < count) {
            int from = at;
            while (at < count && isFree(first + at)) {
                at++;
            }
            if (at > from) {
                visitor.visit(
                        new ClusterRun(first + from, at - from), (long) from * boot.clusterSize());
            } else {
                at++;
            }
        }
    }

    /**
     * Where a directory was: its first cluster if that is free and still begins as a directory does, and
     * the free clusters after it as long as they go on with entries.
     */
    List<ByteRun> directory(ByteSource source, int first, ProblemLog log) throws IOException {
        List<ByteRun> runs = new ArrayList<>();
        int size = boot.clusterSize();
        for (int cluster = first;
                boot.hasCluster(cluster) && isFree(cluster) && hasDirectory(source, cluster, first);
                cluster++) {
            if (directories.size() >= MAXIMUM_DIRECTORIES) {
                log.report(
                        CommonProblem.LIMIT,
                        () -> "deleted directories have more than %d clusters"
                                .formatted(MAXIMUM_DIRECTORIES));
                break;
            }
            if (!directories.add(cluster)
                    || (long) (runs.size() + 1) * size > DirectoryReader.MAXIMUM_SIZE) {
                break;
            }
            runs.add(new ByteRun(boot.clusterOffset(cluster), size));
        }
        return runs;
    }

    private boolean hasDirectory(ByteSource source, int cluster, int first) throws IOException {
        long offset = boot.clusterOffset(cluster);
        if (offset > source.size() - boot.clusterSize()) {
            return false;
        }
        byte[] bytes = source.read(offset, 2 * DirectoryEntry.SIZE);
        return cluster == first ? begins(bytes, first) : goesOn(bytes);
    }

    /** Every directory but the root begins with an entry for itself. */
    private boolean begins(byte[] bytes, int first) {
        DirectoryEntry self = DirectoryEntry.parse(bytes, 0, boot.variant(), null);
        return self.isDot() && self.shortName().equals(".") && self.firstCluster() == first;
    }

    private boolean goesOn(byte[] bytes) {
        if (bytes[0] == 0) {
            return false;
        }
        DirectoryEntry entry = DirectoryEntry.parse(bytes, 0, boot.variant(), null);
        boolean known = (bytes[DirectoryEntry.ATTRIBUTES_OFFSET] & 0xc0) == 0;
        boolean deleted = (bytes[0] & 0xff) == ShortName.DELETED;
        boolean points = entry.firstCluster() == 0 || boot.hasCluster(entry.firstCluster());
        return known && deleted && !entry.isDot() && points;
    }

    private boolean isFree(int cluster) throws IOException {
        return table.next(cluster) == FatVariant.FREE;
    }
}
