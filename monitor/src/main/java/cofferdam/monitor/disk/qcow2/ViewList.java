package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileNames;
import cofferdam.monitor.disk.View;
import cofferdam.monitor.disk.qcow2.MappedDisk.L1Table;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The disks and saved memories of an image, and the L1 tables that map them.
 *
 * @param views the active disk, then each snapshot's disk followed by its memory if it has one
 * @param mapped one for each L1 table, in the same order
 */
record ViewList(List<View> views, List<MappedView> mapped) {

    static ViewList of(
            Qcow2Header header,
            List<Snapshot> snapshots,
            Entries entries,
            HostClusters host,
            CompressedClusters compressed,
            @Nullable ByteSource backing) {
        Layout layout = header.layout();
        Disks disks = (l1, start, size, below) ->
                new MappedDisk(layout, entries, host, compressed, l1, start, size, below);
        List<View> views = new ArrayList<>();
        List<MappedView> mapped = new ArrayList<>();
        L1Table active = new L1Table(header.l1Offset(), header.l1Entries());
        views.add(new View(View.ACTIVE, disks.of(active, 0, header.size(), backing)));
        mapped.add(new MappedView(View.ACTIVE, active, 0, header.size(), -1, 0));
        Names names = new Names();
        for (Snapshot snapshot : snapshots) {
            String name = names.of(snapshot);
            L1Table l1 = new L1Table(snapshot.l1Offset(), snapshot.l1Entries());
            int disk = views.size();
            views.add(new View("snapshot:" + name, disks.of(l1, 0, snapshot.diskSize(), backing)));
            boolean remembers = snapshot.vmStateSize() > 0;
            if (remembers) {
                long start = MappedView.memoryStart(layout, snapshot.diskSize());
                views.add(new View(
                        "vmstate:" + name, disks.of(l1, start, snapshot.vmStateSize(), null)));
            }
            mapped.add(new MappedView(
                    "snapshot " + name,
                    l1,
                    disk,
                    snapshot.diskSize(),
                    remembers ? disk + 1 : -1,
                    snapshot.vmStateSize()));
        }
        return new ViewList(List.copyOf(views), List.copyOf(mapped));
    }

    /** Makes what an L1 table maps readable. */
    @FunctionalInterface
    private interface Disks {
        MappedDisk of(L1Table l1, long start, long size, @Nullable ByteSource backing);
    }

    /** Notes L1 tables that do not cover what they should. */
    void checkSizes(Layout layout, ProblemLog log) {
        for (MappedView view : mapped) {
            long end = view.memory() < 0
                    ? view.diskSize()
                    : MappedView.memoryStart(layout, view.diskSize()) + view.memorySize();
            long needed = layout.l1Entries(end);
            if (needed > view.l1().entries()) {
                log.add(
                        Qcow2Problem.L1_TOO_SMALL,
                        "%s: %d entries, %d needed",
                        view.name(),
                        view.l1().entries(),
                        needed);
            }
        }
    }

    /** Tells apart by id those of one name, and by number those of one id. */
    private static final class Names {
        private final Set<String> taken = new HashSet<>();
        private final Map<String, Integer> next = new HashMap<>();

        String of(Snapshot snapshot) {
            String name = FileNames.of(snapshot.name());
            if (taken.add(name)) {
                return name;
            }
            String withId = name + "#" + FileNames.of(snapshot.id());
            if (taken.add(withId)) {
                return withId;
            }
            while (true) {
                String numbered = withId + "#" + next.merge(withId, 2, (old, two) -> old + 1);
                if (taken.add(numbered)) {
                    return numbered;
                }
            }
        }
    }
}
