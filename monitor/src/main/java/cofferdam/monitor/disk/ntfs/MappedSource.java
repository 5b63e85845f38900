package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.ByteSource;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** The content of a non-resident attribute that is not compressed. */
final class MappedSource implements ByteSource {

    private final Volume volume;
    private final RunList runs;
    private final long size;
    private final long initialized;

    /**
     * @param size in bytes; more than the runs have reads as zeros, as sparse files do
     * @param initialized from where on it reads as zeros, in bytes
     */
    MappedSource(Volume volume, RunList runs, long size, long initialized) {
        this.volume = volume;
        this.runs = runs;
        this.size = size;
        this.initialized = initialized;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        Arrays.fill(into, start, start + count, (byte) 0);
        long end = Math.min(offset + count, initialized);
        for (int run = runs.firstAfter(offset / volume.clusterSize()); run < runs.count(); run++) {
            long runStart = volume.offset(runs.vcn(run));
            if (runStart >= end) {
                return;
            }
            long from = Math.max(offset, runStart);
            long to = Math.min(end, runStart + volume.offset(runs.length(run)));
            if (from >= to) {
                continue;
            }
            long at = volume.offset(runs.lcn(run)) + from - runStart;
            volume.source().read(at, into, start + (int) (from - offset), (int) (to - from));
        }
    }
}
