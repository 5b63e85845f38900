package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.Region;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One walk over a whole file system. Every cluster is taken by the first chain that has it, so that loops
 * end and the work stays in proportion to the number of clusters.
 */
final class FatWalk {

    /** How deep directories may be: paths of Windows and DOS have no room for more. */
    static final int MAXIMUM_DEPTH = 128;

    /** The longest path that is followed, in characters, as Linux has it. */
    static final int MAXIMUM_PATH = 4096;

    /** The most pieces of a directory: its largest size in clusters of 512 bytes. */
    private static final int MAXIMUM_DIRECTORY_RUNS = DirectoryReader.MAXIMUM_SIZE / 512;

    private final ByteSource source;
    private final BootSector boot;
    private final AllocationTable table;
    private final ClusterSet taken;
    private final Consumer<FileExtent> visitor;
    private final ProblemLog log = new ProblemLog();
    private final DeletedFiles deleted;

    FatWalk(ByteSource source, BootSector boot, Consumer<FileExtent> visitor) {
        this.source = source;
        this.boot = boot;
        this.visitor = visitor;
        table = new AllocationTable(source, boot);
        taken = new ClusterSet(boot.countedClusters());
        deleted = new DeletedFiles(boot, table);
    }

    List<Problem> run() throws IOException {
        tell(Region.METADATA, "", 0, boot.rootOffset(), 0);
        try {
            List<ByteRun> root = root();
            root.forEach(run -> tell(Region.METADATA, "/", run.offset(), run.length(), 0));
            directory(root, "", 1, false);
            new TableCheck(source, boot, table, taken).run(log);
        } catch (MalformedImageException e) {
            log.report(e.problem());
        }
        return log.problems();
    }

    private List<ByteRun> root() throws IOException {
        return boot.variant() == FatVariant.FAT32
                ? liveDirectory(boot.rootCluster(), "/")
                : List.of(new ByteRun(boot.rootOffset(), boot.rootLength()));
    }

    /** @param path of the directory, without the slash at its end */
    private void directory(List<ByteRun> runs, String path, int depth, boolean gone)
            throws IOException {
        DirectoryReader reader = new DirectoryReader(source, boot.variant());
        try {
            reader.read(runs, entry -> {
                if (!entry.isLabel() && !entry.isDot()) {
                    entry(entry, path + "/" + entry.name(), depth, gone || entry.deleted());
                }
                return true;
            });
        } catch (MalformedImageException e) {
            if (e.problem().kind() == CommonProblem.WORK_LIMIT) {
                throw e;
            }
            log.report(e.problem());
        }
        if (reader.hasMisplacedLongNames() && !gone) {
            log.report(FatProblem.LONG_NAME, () -> "in directory %s/".formatted(path));
        }
    }

    private void entry(DirectoryEntry entry, String path, int depth, boolean gone)
            throws IOException {
        if (!entry.isDirectory()) {
            file(entry, path, gone);
            return;
        }
        if (depth >= MAXIMUM_DEPTH || path.length() > MAXIMUM_PATH) {
            log.report(
                    CommonProblem.LIMIT,
                    () -> "a directory lies %d deep, its path has %d characters"
                            .formatted(depth, path.length()));
            return;
        }
        List<ByteRun> runs =
                gone ? deletedDirectory(entry, path) : liveDirectory(entry.firstCluster(), path);
        directory(runs, path, depth + 1, gone);
    }

    private List<ByteRun> liveDirectory(int first, String path) throws IOException {
        List<ByteRun> runs = new ArrayList<>();
        ClusterChain chain = follow(first, path, run -> {
            ByteRun bytes = bytes(run);
            if (runs.size() < MAXIMUM_DIRECTORY_RUNS) {
                runs.add(bytes);
            }
            if (!path.equals("/")) {
                tell(Region.METADATA, path, bytes.offset(), bytes.length(), 0);
            }
        });
        if ((long) chain.clusters() * boot.clusterSize() > DirectoryReader.MAXIMUM_SIZE) {
            log.report(
                    CommonProblem.LIMIT,
                    () -> "directory %s has more than %d bytes"
                            .formatted(path, DirectoryReader.MAXIMUM_SIZE));
        }
        return runs;
    }

    private List<ByteRun> deletedDirectory(DirectoryEntry entry, String path) throws IOException {
        List<ByteRun> runs = deleted.directory(source, entry.firstCluster(), log);
        runs.forEach(run -> tell(Region.UNALLOCATED, path, run.offset(), run.length(), 0));
        return runs;
    }

    private void file(DirectoryEntry entry, String path, boolean gone) throws IOException {
        if (gone) {
            deletedFile(entry, path);
            return;
        }
        if (entry.size() == 0 && entry.firstCluster() == 0) {
            return;
        }
        long[] told = {0};
        ClusterChain chain = follow(entry.firstCluster(), path, run -> {
            ByteRun bytes = bytes(run);
            long content = Math.clamp(entry.size() - told[0], 0, bytes.length());
            tell(Region.ALLOCATED, path, bytes.offset(), content, told[0]);
            tell(
                    Region.SLACK,
                    path,
                    bytes.offset() + content,
                    bytes.length() - content,
                    told[0] + content);
            told[0] += bytes.length();
        });
        if (chain.end() == ClusterChain.End.COMPLETE && told[0] < entry.size()) {
            log.report(
                    FatProblem.CHAIN_SHORT,
                    () -> "%s has %d bytes in a chain of %d clusters"
                            .formatted(path, entry.size(), chain.clusters()));
        }
        if (chain.end() == ClusterChain.End.BROKEN && chain.clusters() == 0) {
            deletedFile(entry, path); // its table entry is lost, as that of a deleted file
        }
    }

    private void deletedFile(DirectoryEntry entry, String path) throws IOException {
        deleted.file(
                entry,
                (run, fileOffset) -> {
                    ByteRun bytes = bytes(run);
                    tell(Region.UNALLOCATED, path, bytes.offset(), bytes.length(), fileOffset);
                },
                log);
    }

    /** Follows a chain to its end, and reports one that does not end well. */
    private ClusterChain follow(int first, String path, ClusterRun.Visitor runs)
            throws IOException {
        ClusterChain chain = ClusterChain.follow(boot, table, first, Long.MAX_VALUE, taken, runs);
        switch (chain.end()) {
            case COMPLETE -> {}
            case BROKEN ->
                log.report(
                        FatProblem.CHAIN_BROKEN,
                        () -> "%s: after %d clusters comes %d"
                                .formatted(path, chain.clusters(), chain.at()));
            case TAKEN ->
                log.report(
                        ClusterChain.reaches(table, first, chain.clusters(), chain.at())
                                ? FatProblem.CHAIN_LOOP
                                : FatProblem.CROSS_LINKED,
                        () -> "%s: after %d clusters comes %d again"
                                .formatted(path, chain.clusters(), chain.at()));
        }
        return chain;
    }

    private ByteRun bytes(ClusterRun run) {
        return new ByteRun(
                boot.clusterOffset(run.first()), (long) run.count() * boot.clusterSize());
    }

    /** Tells what of an extent the source has. */
    private void tell(Region region, String path, long offset, long length, long fileOffset) {
        long there = Math.min(length, source.size() - offset);
        if (there > 0) {
            visitor.accept(new FileExtent(region, path, offset, there, fileOffset));
        }
    }
}
