package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Finds single entries by going down from the root. */
final class FatLookup {

    /** How many pieces a file that is read may be in. */
    private static final int MAXIMUM_RUNS = 1 << 19;

    private final ByteSource source;
    private final BootSector boot;
    private final AllocationTable table;

    FatLookup(ByteSource source, BootSector boot) {
        this.source = source;
        this.boot = boot;
        table = new AllocationTable(source, boot);
    }

    /** The file at a path of these names. */
    @Nullable
    ByteSource file(List<String> names) throws IOException {
        List<ByteRun> directory = root();
        for (String name : names.subList(0, names.size() - 1)) {
            DirectoryEntry entry =
                    find(directory, wanted -> wanted.isDirectory() && wanted.isNamed(name));
            if (entry == null) {
                return null;
            }
            directory = bytes(clusters(entry.firstCluster(), DirectoryReader.MAXIMUM_SIZE));
        }
        DirectoryEntry entry =
                find(directory, wanted -> !wanted.isDirectory() && wanted.isNamed(names.getLast()));
        return entry == null
                ? null
                : new FatFile(
                        source, boot, entry.size(), clusters(entry.firstCluster(), entry.size()));
    }

    /** The label in the root directory. */
    @Nullable
    String label() throws IOException {
        String[] label = {null};
        new DirectoryReader(source, boot.variant()).read(root(), entry -> {
            if (!entry.isLabel() || entry.deleted()) {
                return true;
            }
            label[0] = entry.shortName();
            return false;
        });
        return label[0];
    }

    private @Nullable DirectoryEntry find(List<ByteRun> directory, Predicate<DirectoryEntry> wanted)
            throws IOException {
        DirectoryEntry[] found = {null};
        new DirectoryReader(source, boot.variant()).read(directory, entry -> {
            boolean matches = !entry.deleted() && !entry.isLabel() && wanted.test(entry);
            found[0] = matches ? entry : null;
            return !matches;
        });
        return found[0];
    }

    private List<ByteRun> root() throws IOException {
        return boot.variant() == FatVariant.FAT32
                ? bytes(clusters(boot.rootCluster(), DirectoryReader.MAXIMUM_SIZE))
                : List.of(new ByteRun(boot.rootOffset(), boot.rootLength()));
    }

    private List<ByteRun> bytes(List<ClusterRun> runs) {
        return runs.stream()
                .map(run -> new ByteRun(
                        boot.clusterOffset(run.first()), (long) run.count() * boot.clusterSize()))
                .toList();
    }

    private List<ClusterRun> clusters(int first, long size) throws IOException {
        List<ClusterRun> runs = new ArrayList<>();
        ClusterChain.follow(
                boot,
                table,
                first,
                (size + boot.clusterSize() - 1) / boot.clusterSize(),
                new ClusterSet(boot.countedClusters()),
                run -> {
                    if (runs.size() >= MAXIMUM_RUNS) {
                        throw new MalformedImageException(
                                CommonProblem.LIMIT,
                                "a file is in more than %d pieces".formatted(MAXIMUM_RUNS));
                    }
                    runs.add(run);
                });
        return runs;
    }
}
