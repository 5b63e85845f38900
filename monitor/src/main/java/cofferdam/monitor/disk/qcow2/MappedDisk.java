package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * What a guest sees through an L1 table (section <i>Cluster mapping</i>).
 *
 * @param base the guest offset at which it begins: 0 for a disk, past it for a saved memory
 * @param size in bytes
 * @param backing what unallocated clusters are read from; they are zeros if there is none
 */
record MappedDisk(
        Layout layout,
        Entries entries,
        HostClusters host,
        CompressedClusters compressed,
        L1Table l1,
        long base,
        long size,
        @Nullable ByteSource backing)
        implements ByteSource {

    /** An L1 table: where it is, unchecked, and how many entries it has. */
    record L1Table(long offset, int entries) {

        /** In bytes. */
        long length() {
            return (long) entries * Long.BYTES;
        }
    }

    /** The entry that maps a cluster, and the second half of an extended one. */
    record Mapping(long entry, long subclusters) {
        static final Mapping NONE = new Mapping(0, 0);
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        int done = 0;
        while (done < count) {
            long guest = base + offset + done;
            int more = Math.min(count - done, layout.clusterSize() - layout.inCluster(guest));
            readInCluster(guest, into, start + done, more);
            done += more;
        }
    }

    /**
     * The entry for the cluster at a guest offset, counted from the disk's beginning.
     *
     * @throws MalformedImageException if the tables do not lead there
     */
    Mapping mapping(long guest) throws IOException {
        long table = table(guest);
        if (table == 0) {
            return Mapping.NONE;
        }
        long at = table + guest % layout.span() / layout.clusterSize() * layout.entrySize();
        long entry = entries.at(at);
        return new Mapping(entry, layout.extended() ? entries.at(at + Long.BYTES) : 0);
    }

    /** Where the L2 table for a guest offset is; 0 if there is none. */
    private long table(long guest) throws IOException {
        long index = guest / layout.span();
        if (index >= l1.entries()) {
            throw new MalformedImageException(
                    Qcow2Problem.L1_TOO_SMALL,
                    "an L1 table has %d entries".formatted(l1.entries()));
        }
        requireAligned(l1.offset());
        long table = entries.at(l1.offset() + index * Long.BYTES) & Layout.OFFSET;
        requireAligned(table);
        return table;
    }

    private void readInCluster(long guest, byte[] into, int start, int count) throws IOException {
        Mapping mapping = mapping(guest);
        long entry = mapping.entry();
        if ((entry & Layout.COMPRESSED) != 0) {
            byte[] cluster = compressed.cluster(entry);
            System.arraycopy(cluster, layout.inCluster(guest), into, start, count);
            return;
        }
        if (layout.extended()) {
            readSubclusters(mapping, guest, into, start, count);
            return;
        }
        if ((entry & Layout.ZERO) != 0) {
            Arrays.fill(into, start, start + count, (byte) 0);
            return;
        }
        readPlain(entry, guest, into, start, count, isAllocated(entry));
    }

    /** With an external data file, offset 0 is a place in it if the entry says that it is used. */
    private boolean isAllocated(long entry) {
        return (entry & (host.external() ? Layout.OFFSET | Layout.COPIED : Layout.OFFSET)) != 0;
    }

    private void readSubclusters(Mapping mapping, long guest, byte[] into, int start, int count)
            throws IOException {
        int unit = layout.subclusterSize();
        int done = 0;
        while (done < count) {
            int place = layout.inCluster(guest + done);
            int more = Math.min(count - done, unit - place % unit);
            boolean allocated = ((mapping.subclusters() >>> (place / unit)) & 1) != 0;
            boolean zero =
                    ((mapping.subclusters() >>> (place / unit + Layout.SUBCLUSTERS)) & 1) != 0;
            if (allocated && (zero || !isAllocated(mapping.entry()))) {
                throw new MalformedImageException(
                        Qcow2Problem.SUBCLUSTERS,
                        "subcluster %d at guest offset %d".formatted(place / unit, guest));
            }
            if (zero) {
                Arrays.fill(into, start + done, start + done + more, (byte) 0);
            } else {
                readPlain(mapping.entry(), guest + done, into, start + done, more, allocated);
            }
            done += more;
        }
    }

    private void readPlain(
            long entry, long guest, byte[] into, int start, int count, boolean allocated)
            throws IOException {
        if (!allocated) {
            readBacking(guest, into, start, count);
            return;
        }
        long cluster = entry & Layout.OFFSET;
        requireAligned(cluster);
        host.read(cluster + layout.inCluster(guest), guest, into, start, count);
    }

    private void readBacking(long guest, byte[] into, int start, int count) throws IOException {
        int there = backing == null ? 0 : Math.clamp(backing.size() - guest, 0, count);
        if (backing != null && there > 0) {
            backing.read(guest, into, start, there);
        }
        Arrays.fill(into, start + there, start + count, (byte) 0);
    }

    private void requireAligned(long offset) throws MalformedImageException {
        if (offset < 0 || !layout.isAligned(offset)) {
            throw new MalformedImageException(
                    Qcow2Problem.UNALIGNED, "0x%x is no offset of a cluster".formatted(offset));
        }
    }
}
