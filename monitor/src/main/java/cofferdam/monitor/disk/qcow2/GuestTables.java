package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.qcow2.MappedDisk.L1Table;

import java.io.IOException;

/** The L1 and L2 tables of an image that is written. */
final class GuestTables {

    private final ImageFile file;
    private final Layout layout;
    private final Allocator allocator;
    private L1Table active;

    /** Takes an L2 entry and where it is in the file. */
    @FunctionalInterface
    private interface EntryVisitor {
        void visit(long at, long entry) throws IOException;
    }

    GuestTables(ImageFile file, Layout layout, Allocator allocator, L1Table active) {
        this.file = file;
        this.layout = layout;
        this.allocator = allocator;
        this.active = active;
    }

    L1Table active() {
        return active;
    }

    long entry(long at) throws IOException {
        return BigEndian.number(file, at);
    }

    void put(long at, long entry) throws IOException {
        byte[] bytes = new byte[Long.BYTES];
        BigEndian.put(bytes, 0, entry);
        file.write(at, bytes);
    }

    /** Where the L2 entry for a guest offset is, in a table that only the active disk has. */
    long ownEntry(long guest) throws IOException {
        long l1At = active.offset() + guest / layout.span() * Long.BYTES;
        long l1Entry = entry(l1At);
        long table = l1Entry & Layout.OFFSET;
        if (table == 0) {
            table = allocator.allocateZeroed(layout.clusterSize());
            put(l1At, table | Layout.COPIED);
        } else if ((l1Entry & Layout.COPIED) == 0) {
            long shared = table;
            table = allocator.allocate(layout.clusterSize());
            file.write(table, file.read(shared, layout.clusterSize()));
            put(l1At, table | Layout.COPIED);
            allocator.release(shared);
        }
        return table + guest % layout.span() / layout.clusterSize() * Long.BYTES;
    }

    /** Makes the active L1 table have at least so many entries. */
    void grow(long entries) throws IOException {
        if (entries <= active.entries()) {
            return;
        }
        if (entries > Qcow2Header.MOST_L1 / Long.BYTES) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "an L1 table of %d entries".formatted(entries));
        }
        long offset = allocator.allocateZeroed(entries * Long.BYTES);
        file.write(offset, file.read(active.offset(), (int) active.length()));
        L1Table old = active;
        active = new L1Table(offset, (int) entries);
        byte[] fields = new byte[12];
        BigEndian.put(fields, 0, active.entries());
        BigEndian.put(fields, 4, active.offset());
        file.write(36, fields);
        allocator.release(old.offset(), old.length());
    }

    /** A copy of the active L1 table. */
    L1Table copyOfActive() throws IOException {
        long offset = allocator.allocateZeroed(active.length());
        file.write(offset, file.read(active.offset(), (int) active.length()));
        return new L1Table(offset, active.entries());
    }

    /** Notes one more reference to all that the first entries of an L1 table lead to. */
    void refer(L1Table l1, long entries) throws IOException {
        for (long i = 0; i < Math.min(entries, l1.entries()); i++) {
            long table = entry(l1.offset() + i * Long.BYTES) & Layout.OFFSET;
            if (table != 0) {
                allocator.refer(table);
                forEachEntry(table, (at, entry) -> referTarget(entry));
            }
        }
    }

    /** Takes one reference from all that these entries of an L1 table lead to; they stay. */
    void release(L1Table l1, long first) throws IOException {
        for (long i = first; i < l1.entries(); i++) {
            long table = entry(l1.offset() + i * Long.BYTES) & Layout.OFFSET;
            if (table != 0) {
                forEachEntry(table, (at, entry) -> releaseTarget(entry));
                allocator.release(table);
            }
        }
    }

    /** Gives the active disk the first entries of another L1 table, and none behind them. */
    void replaceActive(L1Table l1, long entries) throws IOException {
        for (long i = 0; i < active.entries(); i++) {
            boolean isThere = i < entries && i < l1.entries();
            put(
                    active.offset() + i * Long.BYTES,
                    isThere ? entry(l1.offset() + i * Long.BYTES) : 0);
        }
    }

    /** Clears the active disk's entries from this one on. */
    void clearActive(long first) throws IOException {
        for (long i = first; i < active.entries(); i++) {
            put(active.offset() + i * Long.BYTES, 0);
        }
    }

    /** Sets the flags for exclusive use of the active disk by the reference counts. */
    void correctFlags() throws IOException {
        for (long i = 0; i < active.entries(); i++) {
            long l1At = active.offset() + i * Long.BYTES;
            long l1Entry = entry(l1At);
            long table = l1Entry & Layout.OFFSET;
            if (table != 0) {
                correct(l1At, l1Entry, table);
                forEachEntry(table, (at, entry) -> {
                    boolean isPlain = (entry & Layout.COMPRESSED) == 0;
                    if (isPlain && (entry & Layout.OFFSET) != 0) {
                        correct(at, entry, entry & Layout.OFFSET);
                    }
                });
            }
        }
    }

    /** Takes the reference that an L2 entry is from all clusters that it refers to. */
    void releaseTarget(long entry) throws IOException {
        if ((entry & Layout.COMPRESSED) != 0) {
            allocator.release(layout.compressedOffset(entry), layout.compressedLength(entry));
            return;
        }
        if ((entry & Layout.OFFSET) != 0) {
            allocator.release(entry & Layout.OFFSET);
        }
    }

    private void referTarget(long entry) throws IOException {
        if ((entry & Layout.COMPRESSED) == 0) {
            if ((entry & Layout.OFFSET) != 0) {
                allocator.refer(entry & Layout.OFFSET);
            }
            return;
        }
        long offset = layout.compressedOffset(entry);
        long last = layout.cluster(offset + layout.compressedLength(entry) - 1);
        for (long cluster = layout.cluster(offset); cluster <= last; cluster++) {
            allocator.refer(cluster << layout.clusterBits());
        }
    }

    private void correct(long at, long entry, long target) throws IOException {
        boolean isOwn = allocator.references(target) == 1;
        long right = isOwn ? entry | Layout.COPIED : entry & ~Layout.COPIED;
        if (right != entry) {
            put(at, right);
        }
    }

    private void forEachEntry(long table, EntryVisitor visitor) throws IOException {
        byte[] bytes = file.read(table, layout.clusterSize());
        for (int at = 0; at < bytes.length; at += Long.BYTES) {
            long entry = BigEndian.number(bytes, at);
            if (entry != 0) {
                visitor.visit(table + at, entry);
            }
        }
    }
}
