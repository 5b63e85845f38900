package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ContainerEncryption;
import cofferdam.monitor.disk.qcow2.HeaderExtensions.Place;
import cofferdam.monitor.disk.qcow2.MappedDisk.L1Table;

import org.jspecify.annotations.Nullable;

import java.io.IOException;

/** The first pass over an image: every structure of the container, L2 tables included. */
final class StructureWalk {

    private final Accounts accounts;
    private final Qcow2Header header;
    private final ProblemLog log;
    private final TableCounts tables;

    /** @param tables gets the references to each L2 table */
    StructureWalk(Accounts accounts, Qcow2Header header, TableCounts tables) {
        this.accounts = accounts;
        this.header = header;
        this.tables = tables;
        log = accounts.log();
    }

    /** The header, the reference counts and what the header's extensions point to. */
    void container(HeaderExtensions extensions, Snapshot.Table snapshots) throws IOException {
        accounts.wholeClusters("header", 0, 1);
        refcounts();
        if (!snapshots.snapshots().isEmpty()) {
            accounts.structure("snapshot table", header.snapshotsOffset(), snapshots.length());
        }
        encryption(extensions.encryption());
        if (extensions.bitmaps() != null) {
            bitmaps(extensions.bitmaps());
        }
    }

    /** An L1 table and the L2 tables that it refers to. */
    void mapping(L1Table l1, int number, String whose) throws IOException {
        if (l1.entries() == 0) {
            return;
        }
        if (!accounts.isPlace(l1.offset(), l1.length())) {
            log.add(Qcow2Problem.L1_OUT_OF_BOUNDS, "%s: at 0x%x", whose, l1.offset());
            return;
        }
        accounts.structure("L1 table", l1.offset(), l1.length());
        accounts.forEachEntry(
                l1.offset(), l1.entries(), (index, entry) -> l1Entry(l1, number, index, entry));
    }

    private void l1Entry(L1Table l1, int number, int index, long entry) throws IOException {
        if ((entry & Layout.L1_RESERVED) != 0) {
            log.add(Qcow2Problem.RESERVED_BITS, "L1 entry %d is 0x%x", index, entry);
        }
        long table = entry & Layout.OFFSET;
        if (table == 0) {
            return;
        }
        if (table >= l1.offset() && table < l1.offset() + l1.length()) {
            log.add(Qcow2Problem.L1_SELF_REFERENCE, "L1 entry %d is 0x%x", index, entry);
        }
        switch (tables.add(table, number)) {
            case FIRST ->
                accounts.structure("L2 table", table, accounts.layout().clusterSize());
            case FROM_ANOTHER_VIEW -> again(table);
            case FROM_THE_SAME_VIEW -> {
                log.add(Qcow2Problem.TABLE_ALIASED, "L1 entry %d: 0x%x again", index, table);
                again(table);
            }
        }
    }

    private void again(long table) {
        if (accounts.isPlace(table, accounts.layout().clusterSize())) {
            accounts.counts().add(accounts.layout().cluster(table), 1);
        }
    }

    private void refcounts() throws IOException {
        long length = (long) header.refcountClusters() << accounts.layout().clusterBits();
        long offset = header.refcountOffset();
        if (length == 0 || !accounts.isPlace(offset, length)) {
            log.add(Qcow2Problem.REFCOUNT_TABLE, "%d bytes at 0x%x", length, offset);
            return;
        }
        accounts.structure("refcount table", offset, length);
        accounts.forEachEntry(offset, length / Long.BYTES, (index, entry) -> {
            if (entry != 0) {
                refcountBlock(index, entry);
            }
        });
    }

    private void refcountBlock(int index, long entry) {
        if ((entry & ~Refcounts.OFFSET) != 0) {
            log.add(Qcow2Problem.RESERVED_BITS, "refcount table entry %d is 0x%x", index, entry);
        }
        long block = entry & Refcounts.OFFSET;
        accounts.structure("refcount block", block, accounts.layout().clusterSize());
    }

    private void encryption(@Nullable Place place) {
        boolean needed = header.encryption() == ContainerEncryption.QCOW2_LUKS;
        if (needed != (place != null)) {
            log.add(
                    Qcow2Problem.ENCRYPTION_HEADER,
                    needed ? "there is none" : "there is one that the method does not need");
        }
        if (place == null) {
            return;
        }
        if (place.length() <= 0 || !accounts.isPlace(place.offset(), place.length())) {
            log.add(
                    Qcow2Problem.ENCRYPTION_HEADER,
                    "%d bytes at 0x%x",
                    place.length(),
                    place.offset());
            return;
        }
        accounts.wholeClusters("LUKS header", place.offset(), place.length());
    }

    private void bitmaps(HeaderExtensions.Bitmaps bitmaps) throws IOException {
        if ((header.autoclear() & Qcow2Header.BITMAPS) == 0) {
            log.add(Qcow2Problem.STALE_BITMAPS, "%d of them", bitmaps.count());
            return;
        }
        new BitmapWalk(accounts).walk(bitmaps);
    }
}
