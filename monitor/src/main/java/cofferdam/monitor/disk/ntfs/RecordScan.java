package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Reads the records of $MFT in ascending order, many at a time. */
final class RecordScan {

    /** How much is read at a time, in bytes; a multiple of every record size. */
    private static final int WINDOW = 256 << 10;

    private final MasterFileTable table;
    private final byte[] window = new byte[WINDOW];
    private long windowStart;
    private int windowSize;
    private long oneByOneUntil;

    RecordScan(MasterFileTable table) {
        this.table = table;
    }

    /** As {@link MasterFileTable#record}. */
    Optional<MftRecord> record(long number) throws IOException {
        long offset = number * table.recordSize();
        if (offset < oneByOneUntil || (offset >= windowStart + windowSize && !fill(offset))) {
            return table.record(number);
        }
        int at = (int) (offset - windowStart);
        return MftRecord.parse(number, Arrays.copyOfRange(window, at, at + table.recordSize()));
    }

    /** Where a part of a window cannot be read, its records are read one by one. */
    private boolean fill(long offset) throws IOException {
        int size = (int) Math.min(WINDOW, table.content().size() - offset);
        try {
            table.content().read(offset, window, 0, size);
        } catch (MalformedImageException e) {
            oneByOneUntil = offset + size;
            return false;
        }
        windowStart = offset;
        windowSize = size;
        return true;
    }
}
