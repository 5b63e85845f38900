package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.qcow2.HeaderExtensions.Bitmaps;

import java.io.IOException;

/** The bitmaps of an image: their directory, tables and data (section <i>Bitmaps</i>). */
final class BitmapWalk {

    /** As QEMU. */
    private static final long MOST_BITMAPS = 65_535;

    private static final int FIXED = 24;
    private static final long TABLE_RESERVED = ~(Layout.OFFSET | 1);

    private final Accounts accounts;
    private final ProblemLog log;

    BitmapWalk(Accounts accounts) {
        this.accounts = accounts;
        log = accounts.log();
    }

    void walk(Bitmaps bitmaps) throws IOException {
        long start = bitmaps.directoryOffset();
        long size = bitmaps.directorySize();
        if (bitmaps.count() > MOST_BITMAPS || !accounts.isPlace(start, size)) {
            log.add(
                    Qcow2Problem.BITMAPS,
                    "%d bitmaps in %d bytes at 0x%x",
                    bitmaps.count(),
                    size,
                    start);
            return;
        }
        accounts.structure("bitmap directory", start, size);
        long at = 0;
        for (long i = 0; i < bitmaps.count(); i++) {
            if (size - at < FIXED) {
                log.add(Qcow2Problem.BITMAPS, "entry %d is not in the directory", i);
                return;
            }
            byte[] entry = accounts.file().read(start + at, FIXED);
            table(BigEndian.number(entry, 0), BigEndian.unsigned(entry, 8));
            long length = FIXED
                    + (long) BigEndian.unsignedShort(entry, 18)
                    + BigEndian.unsigned(entry, 20);
            at += (length + 7) & ~7L;
        }
    }

    private void table(long offset, long entries) throws IOException {
        if (entries == 0) {
            return;
        }
        long length = entries * Long.BYTES;
        if (!accounts.structure("bitmap table", offset, length)) {
            return;
        }
        accounts.forEachEntry(offset, entries, (index, entry) -> {
            if ((entry & TABLE_RESERVED) != 0) {
                log.add(Qcow2Problem.RESERVED_BITS, "bitmap table entry %d is 0x%x", index, entry);
            }
            long data = entry & Layout.OFFSET;
            if (data != 0) {
                accounts.wholeClusters("bitmap data", data, 1);
            }
        });
    }
}
