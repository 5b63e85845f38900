package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.Extent.Kind;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;

/** The second pass: what the L2 tables map, each visited for the first view that has it. */
final class DataWalk {

    /** What compressed clusters may give whatever the file's size, in bytes. */
    private static final long FREE_EXPANSION = 128L << 20;

    private final Accounts accounts;
    private final Layout layout;
    private final ProblemLog log;
    private final TableCounts tables;
    private final Refcounts refcounts;
    private final boolean external;
    private final byte[] table;
    private long expansionLeft;

    /** @param external whether the data is in another file, so that only tables are here */
    DataWalk(Accounts accounts, TableCounts tables, Refcounts refcounts, boolean external) {
        this.accounts = accounts;
        this.tables = tables;
        this.refcounts = refcounts;
        this.external = external;
        layout = accounts.layout();
        log = accounts.log();
        table = new byte[layout.clusterSize()];
        long size = Math.min(accounts.file().size(), Long.MAX_VALUE >> 12);
        expansionLeft = FREE_EXPANSION + Compression.MOST_EXPANSION * size;
    }

    /** Everything that one L1 table maps and that no earlier one has told. */
    void walk(MappedView view) throws IOException {
        if (!accounts.isPlace(view.l1().offset(), view.l1().length())) {
            return;
        }
        accounts.counts().startRound();
        accounts.forEachEntry(view.l1().offset(), view.l1().entries(), (index, entry) -> {
            long offset = entry & Layout.OFFSET;
            if (offset == 0) {
                return;
            }
            if (view.isActive()) {
                checkCopied("L2 table", offset, entry);
            }
            int times = tables.visit(offset);
            if (times > 0 && accounts.isPlace(offset, layout.clusterSize())) {
                table(view, index * layout.span(), offset, times);
            }
        });
    }

    private void table(MappedView view, long guest, long offset, int times) throws IOException {
        accounts.file().read(offset, table, 0, table.length);
        for (int i = 0; i < layout.l2Entries(); i++) {
            int at = i * layout.entrySize();
            long entry = BigEndian.number(table, at);
            long subclusters = layout.extended() ? BigEndian.number(table, at + Long.BYTES) : 0;
            if ((entry | subclusters) != 0) {
                Mapped mapped = new Mapped(
                        view,
                        guest + ((long) i << layout.clusterBits()),
                        entry,
                        subclusters,
                        times);
                entry(mapped);
            }
        }
    }

    /** One entry of an L2 table. */
    private record Mapped(MappedView view, long guest, long entry, long subclusters, int times) {
        long host() {
            return entry & Layout.OFFSET;
        }

        /** Made only for the problems that are kept. */
        @Override
        public String toString() {
            return "%s at guest offset %d: 0x%x".formatted(view.name(), guest, entry);
        }
    }

    private void entry(Mapped mapped) throws IOException {
        if ((mapped.entry & Layout.COMPRESSED) != 0) {
            compressed(mapped);
            return;
        }
        if ((mapped.entry & layout.reserved()) != 0) {
            log.add(Qcow2Problem.RESERVED_BITS, "%s", mapped);
        }
        if (!areSubclustersRight(mapped)) {
            log.add(Qcow2Problem.SUBCLUSTERS, "%s, subclusters 0x%x", mapped, mapped.subclusters);
        }
        if (mapped.host() != 0 && !external) {
            plain(mapped);
        }
    }

    private boolean areSubclustersRight(Mapped mapped) {
        long allocated = mapped.subclusters & 0xffff_ffffL;
        long zero = mapped.subclusters >>> Layout.SUBCLUSTERS;
        return (allocated & zero) == 0 && (allocated == 0 || mapped.host() != 0 || external);
    }

    private void plain(Mapped mapped) throws IOException {
        long host = mapped.host();
        if (!layout.isAligned(host)) {
            log.add(Qcow2Problem.UNALIGNED, "%s", mapped);
            return;
        }
        if (host >= accounts.file().size()) {
            log.add(Qcow2Problem.OUT_OF_FILE, "%s", mapped);
            return;
        }
        refer(mapped, layout.cluster(host), 1);
        if (mapped.view.isActive()) {
            checkCopied("cluster", host, mapped.entry);
        }
        if (accounts.counts().markSeen(layout.cluster(host))) {
            log.add(Qcow2Problem.CLUSTER_ALIASED, "%s", mapped);
            return;
        }
        if (!layout.extended()) {
            boolean zero = (mapped.entry & Layout.ZERO) != 0;
            tell(mapped, zero ? Kind.ZERO_FLAGGED : Kind.DATA, 0, layout.clusterSize());
            return;
        }
        for (int i = 0; i < Layout.SUBCLUSTERS; i++) {
            boolean allocated = ((mapped.subclusters >>> i) & 1) != 0;
            Kind kind = allocated ? Kind.DATA : Kind.ZERO_FLAGGED;
            tell(mapped, kind, i * layout.subclusterSize(), layout.subclusterSize());
        }
    }

    private void compressed(Mapped mapped) throws MalformedImageException {
        if ((mapped.entry & Layout.COPIED) != 0) {
            log.add(Qcow2Problem.COPIED_FLAG, "compressed: %s", mapped);
        }
        long offset = layout.compressedOffset(mapped.entry);
        int length = layout.compressedLength(mapped.entry);
        long size = accounts.file().size();
        long last = layout.cluster(offset + length - 1);
        if (external || offset >= size || last << layout.clusterBits() >= size) {
            log.add(Qcow2Problem.OUT_OF_FILE, "compressed: %s", mapped);
            return;
        }
        refer(mapped, layout.cluster(offset), last - layout.cluster(offset) + 1);
        expansionLeft -= layout.clusterSize();
        if (expansionLeft < 0) {
            throw new MalformedImageException(
                    CommonProblem.WORK_LIMIT,
                    "compressed clusters hold more than %d times the file"
                            .formatted(Compression.MOST_EXPANSION));
        }
        long there = Math.min(length, size - offset);
        Target target = target(mapped.view, mapped.guest, layout.clusterSize());
        if (target.view < 0) {
            accounts.runs().metadata(0, offset, there, PAST_THE_END);
            return;
        }
        accounts.runs()
                .guest(new Extent(
                        Kind.COMPRESSED,
                        0,
                        offset,
                        there,
                        target.view,
                        target.guest,
                        target.length,
                        ""));
    }

    private void refer(Mapped mapped, long first, long count) {
        for (long cluster = first; cluster < first + count; cluster++) {
            accounts.counts().add(cluster, mapped.times);
            if (accounts.counts().isTable(cluster)) {
                log.add(Qcow2Problem.TABLE_OVERLAP, "data in a structure: %s", mapped);
            }
        }
    }

    private void checkCopied(String what, long offset, long entry) throws IOException {
        if (!layout.isAligned(offset) || !isCounted(offset)) {
            return;
        }
        boolean copied = (entry & Layout.COPIED) != 0;
        long count = refcounts.count(layout.cluster(offset));
        if (copied != (count == 1)) {
            log.add(
                    Qcow2Problem.COPIED_FLAG,
                    "%s at 0x%x: %s, reference count %s",
                    what,
                    offset,
                    copied ? "set" : "clear",
                    Long.toUnsignedString(count));
        }
    }

    /** Whether the block with the count can be read. */
    private boolean isCounted(long offset) throws IOException {
        long length = refcounts.tableEntries() * Long.BYTES;
        if (length == 0 || !accounts.isPlace(refcounts.offset(), length)) {
            return false;
        }
        long block = refcounts.block(layout.cluster(offset));
        return block == 0 || accounts.isPlace(block, layout.clusterSize());
    }

    private static final String PAST_THE_END = "data past the disk's end";

    /** Which view sees a guest offset, and how much of what begins there. */
    private record Target(int view, long guest, long length) {}

    private Target target(MappedView view, long guest, long length) {
        if (guest < view.diskSize()) {
            return new Target(view.disk(), guest, Math.min(length, view.diskSize() - guest));
        }
        long inMemory = guest - MappedView.memoryStart(layout, view.diskSize());
        if (view.memory() >= 0 && inMemory >= 0 && inMemory < view.memorySize()) {
            return new Target(
                    view.memory(), inMemory, Math.min(length, view.memorySize() - inMemory));
        }
        return new Target(-1, 0, 0);
    }

    /** Tells a part of a cluster, as much of it as is before the ends of the view and the file. */
    private void tell(Mapped mapped, Kind kind, int start, int length) {
        long offset = mapped.host() + start;
        long there = Math.min(length, accounts.file().size() - offset);
        if (there <= 0) {
            return;
        }
        Target target = target(mapped.view, mapped.guest + start, there);
        if (target.view < 0) {
            accounts.runs().metadata(0, offset, there, PAST_THE_END);
            return;
        }
        accounts.runs()
                .guest(new Extent(
                        kind,
                        0,
                        offset,
                        target.length,
                        target.view,
                        target.guest,
                        target.length,
                        ""));
    }
}
