package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/**
 * The content of a compressed attribute (Linux-NTFS documentation, "Compression"): units of some
 * clusters, each as it is, compressed into fewer clusters with sparse ones behind, or all sparse.
 */
final class CompressedSource implements ByteSource {

    /** How large a unit may be, in bytes; Windows makes those of 64 KiB at most. */
    static final int MAX_UNIT = 1 << 20;

    private final RunList runs;
    private final long unitClusters;
    private final int unitSize;
    private final int clusterSize;
    private final long size;
    /** All clusters in order, sparse ones as zeros. */
    private final MappedSource clusters;

    private final MappedSource written;
    private byte[] unit = {};
    private long unitNumber = -1;

    /** @param stream whose unit is no larger than {@link #MAX_UNIT} */
    CompressedSource(Volume volume, RunList runs, Stream.NonResident stream) {
        this.runs = runs;
        unitClusters = stream.unitClusters();
        clusterSize = volume.clusterSize();
        unitSize = Math.toIntExact(unitClusters * clusterSize);
        size = stream.size();
        long mapped = volume.offset(runs.end());
        clusters = new MappedSource(volume, runs, mapped, mapped);
        written = new MappedSource(volume, runs, size, stream.initialized());
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        int done = 0;
        while (done < count) {
            long at = offset + done;
            int within = (int) (at % unitSize);
            int some = Math.min(count - done, unitSize - within);
            readUnit(at / unitSize, within, into, start + done, some);
            done += some;
        }
    }

    private void readUnit(long number, int within, byte[] into, int start, int count)
            throws IOException {
        long mapped = runs.mapped(number * unitClusters, unitClusters);
        if (mapped == 0) {
            Arrays.fill(into, start, start + count, (byte) 0);
        } else if (mapped == unitClusters) {
            written.read(number * unitSize + within, into, start, count);
        } else {
            System.arraycopy(unpacked(number, mapped), within, into, start, count);
        }
    }

    private synchronized byte[] unpacked(long number, long mapped) throws IOException {
        if (number != unitNumber) {
            byte[] packed = clusters.read(number * unitSize, (int) (mapped * clusterSize));
            unit = Lznt1.decompress(Span.of(packed), unitSize);
            unitNumber = number;
        }
        return unit;
    }
}
