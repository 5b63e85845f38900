package cofferdam.monitor.disk;

import org.jspecify.annotations.Nullable;

import java.util.BitSet;

/**
 * Which parts of a file are spoken for, to notice tables that give the same bytes away twice. Exact
 * to the sector for files up to 128 GiB; in larger ones the smallest part that counts grows with the
 * file, and overlaps smaller than that go unnoticed; what is called an overlap always is one. Takes
 * at most 32 MiB, and only for what is claimed.
 */
public final class Claims {

    private static final int SECTOR_SHIFT = 9;
    private static final int CHUNK_SHIFT = 16;
    private static final long MOST_UNITS = 1L << 28;

    private final long fileSize;
    private final int unitShift;
    private final @Nullable BitSet[] chunks;

    /** @param fileSize in bytes */
    public Claims(long fileSize) {
        this.fileSize = fileSize;
        int shift = SECTOR_SHIFT;
        while (fileSize >>> shift >= MOST_UNITS) {
            shift++;
        }
        unitShift = shift;
        long units = (fileSize >>> shift) + 1;
        chunks = new BitSet[(int) (units >>> CHUNK_SHIFT) + 1];
    }

    /**
     * Claims a range, up to where it meets a claimed one. The effort is that of marking each unit of
     * the file once, however many claims there are.
     *
     * @param offset in bytes
     * @param length in bytes; what lies past the end of the file does not count
     * @return whether nothing of it was claimed before
     */
    public boolean claim(long offset, long length) {
        long end = Math.min(fileSize, offset > fileSize - length ? fileSize : offset + length);
        long unit = (1L << unitShift) - 1;
        long from = (Math.min(offset, fileSize) + unit) >>> unitShift;
        long to = end == fileSize ? (end + unit) >>> unitShift : end >>> unitShift;
        while (from < to) {
            int chunk = (int) (from >>> CHUNK_SHIFT);
            long chunkStart = (long) chunk << CHUNK_SHIFT;
            int first = (int) (from - chunkStart);
            int last = (int) Math.min(to - chunkStart, 1L << CHUNK_SHIFT);
            if (!claim(chunk, first, last)) {
                return false;
            }
            from = chunkStart + last;
        }
        return true;
    }

    private boolean claim(int chunk, int from, int to) {
        BitSet claimed = chunks[chunk];
        if (claimed == null) {
            claimed = new BitSet(1 << CHUNK_SHIFT);
            chunks[chunk] = claimed;
        }
        int taken = claimed.nextSetBit(from);
        if (taken < 0 || taken >= to) {
            claimed.set(from, to);
            return true;
        }
        claimed.set(from, taken);
        return false;
    }
}
