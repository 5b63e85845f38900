package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;

/**
 * Hands out and takes back clusters of a file, and keeps their reference counts in it. The lowest
 * free cluster is handed out first, so old bytes are overwritten as early as QEMU does.
 */
final class Allocator {

    private final ImageFile file;
    private final Layout layout;
    private final boolean zeroOnFree;
    private final Entries entries;
    private Refcounts refcounts;
    private long lowestFree;

    Allocator(ImageFile file, Qcow2Header header, boolean zeroOnFree) {
        this.file = file;
        this.zeroOnFree = zeroOnFree;
        layout = header.layout();
        entries = offset -> BigEndian.number(file, offset);
        refcounts = Refcounts.of(header, entries);
    }

    /** The largest count that a cluster can have, unsigned. */
    long mostReferences() {
        return refcounts.most();
    }

    /** How often a cluster is referred to. */
    long references(long offset) throws IOException {
        return refcounts.count(layout.cluster(offset));
    }

    /** Neighbouring clusters for so many bytes, each with one reference; they hold any bytes. */
    long allocate(long bytes) throws IOException {
        long wanted = layout.clusters(bytes);
        long end = layout.clusters(file.size());
        long run = 0;
        for (long cluster = lowestFree; cluster < end; cluster++) {
            run = isFree(cluster) ? run + 1 : 0;
            if (run == wanted) {
                return take(cluster - wanted + 1, wanted);
            }
        }
        return extend(wanted);
    }

    /** As {@link #allocate}, filled with zeros. */
    long allocateZeroed(long bytes) throws IOException {
        long offset = allocate(bytes);
        zero(offset, layout.clusters(bytes));
        return offset;
    }

    /** Notes one more reference to a cluster. */
    void refer(long offset) throws IOException {
        long count = references(offset);
        if (count == refcounts.most()) {
            throw new MalformedImageException(
                    Qcow2Problem.REFCOUNT_OVERFLOW, "the cluster at 0x%x".formatted(offset));
        }
        setCount(layout.cluster(offset), count + 1);
    }

    /** Takes one reference from a cluster, which is free if that was the last. */
    void release(long offset) throws IOException {
        long cluster = layout.cluster(offset);
        long count = references(offset);
        if (count == 0) {
            throw new MalformedImageException(
                    Qcow2Problem.REFCOUNT_TOO_LOW, "the cluster at 0x%x".formatted(offset));
        }
        setCount(cluster, count - 1);
        if (count > 1) {
            return;
        }
        lowestFree = Math.min(lowestFree, cluster);
        if (zeroOnFree) {
            zero(cluster << layout.clusterBits(), 1);
        }
    }

    /** As {@link #release(long)} for all clusters that these bytes are in. */
    void release(long offset, long bytes) throws IOException {
        long last = layout.cluster(offset + bytes - 1);
        for (long cluster = layout.cluster(offset); cluster <= last; cluster++) {
            release(cluster << layout.clusterBits());
        }
    }

    private boolean isFree(long cluster) throws IOException {
        return refcounts.block(cluster) != 0 && refcounts.count(cluster) == 0;
    }

    private long take(long first, long count) throws IOException {
        for (long cluster = first; cluster < first + count; cluster++) {
            setCount(cluster, 1);
        }
        if (first == lowestFree || count == 1) {
            lowestFree = first + count;
        }
        return first << layout.clusterBits();
    }

    /**
     * Grows the file. Behind its end lie first the refcount blocks that the new part needs, then a
     * larger refcount table if those do not fit the old one, then what is wanted; the new blocks
     * count all of these.
     */
    private long extend(long wanted) throws IOException {
        long first = layout.clusters(file.size());
        long blocks = 0;
        long table = 0;
        while (true) {
            long end = first + blocks + table + wanted;
            long neededBlocks = missingBlocks(first, end);
            long neededTable = tableFor(end);
            if (neededBlocks == blocks && neededTable == table) {
                break;
            }
            blocks = Math.max(blocks, neededBlocks);
            table = Math.max(table, neededTable);
        }
        long end = first + blocks + table + wanted;
        file.resize(end << layout.clusterBits());
        Refcounts old = refcounts;
        if (table > 0) {
            copyTable(first + blocks, (int) table);
        }
        addBlocks(first, end);
        for (long cluster = first; cluster < end; cluster++) {
            setCount(cluster, 1);
        }
        if (wanted == 1) {
            lowestFree = end;
        }
        if (table > 0) {
            byte[] place = new byte[12];
            BigEndian.put(place, 0, refcounts.offset());
            BigEndian.put(place, 8, refcounts.tableClusters());
            file.write(48, place);
            release(old.offset(), (long) old.tableClusters() << layout.clusterBits());
        }
        return (end - wanted) << layout.clusterBits();
    }

    private long missingBlocks(long first, long end) throws IOException {
        long missing = 0;
        for (long index = first / refcounts.blockEntries();
                index <= (end - 1) / refcounts.blockEntries();
                index++) {
            if (refcounts.block(index * refcounts.blockEntries()) == 0) {
                missing++;
            }
        }
        return missing;
    }

    /** How many clusters a table takes that reaches so far; 0 if the present one does. */
    private long tableFor(long end) throws MalformedImageException {
        long needed = (end - 1) / refcounts.blockEntries() + 1;
        if (needed <= refcounts.tableEntries()) {
            return 0;
        }
        long clusters = layout.clusters((needed + needed / 2) * Long.BYTES);
        if (clusters << layout.clusterBits() > Qcow2Header.MOST_REFCOUNT_TABLE) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "the file needs a larger refcount table than there may be");
        }
        return clusters;
    }

    private void copyTable(long cluster, int clusters) throws IOException {
        long offset = cluster << layout.clusterBits();
        int length = refcounts.tableClusters() << layout.clusterBits();
        file.write(offset, file.read(refcounts.offset(), length));
        refcounts = new Refcounts(layout, entries, offset, clusters, refcounts.order());
    }

    private void addBlocks(long first, long end) throws IOException {
        long place = first;
        byte[] entry = new byte[Long.BYTES];
        for (long index = first / refcounts.blockEntries();
                index <= (end - 1) / refcounts.blockEntries();
                index++) {
            if (refcounts.block(index * refcounts.blockEntries()) == 0) {
                BigEndian.put(entry, 0, place << layout.clusterBits());
                file.write(refcounts.offset() + index * Long.BYTES, entry);
                place++;
            }
        }
    }

    private void setCount(long cluster, long count) throws IOException {
        long bit = (cluster % refcounts.blockEntries()) << refcounts.order();
        long at = refcounts.block(cluster) + (bit >>> 6) * Long.BYTES;
        int shift = refcounts.shift((int) (bit & 63));
        long others = entries.at(at) & ~(refcounts.most() << shift);
        byte[] bytes = new byte[Long.BYTES];
        BigEndian.put(bytes, 0, others | (count << shift));
        file.write(at, bytes);
    }

    private void zero(long offset, long clusters) throws IOException {
        byte[] zeros = new byte[layout.clusterSize()];
        for (long i = 0; i < clusters; i++) {
            file.write(offset + (i << layout.clusterBits()), zeros);
        }
    }
}
