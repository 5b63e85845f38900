package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The content of a file. What its chain is too short for cannot be read. */
final class FatFile implements ByteSource {

    private final ByteSource source;
    private final long size;

    /** Where each run begins in the file and in the file system, in bytes; the first has one more. */
    private final long[] starts;

    private final long[] offsets;

    FatFile(ByteSource source, BootSector boot, long size, List<ClusterRun> runs) {
        this.source = source;
        this.size = size;
        starts = new long[runs.size() + 1];
        offsets = new long[runs.size()];
        for (int i = 0; i < runs.size(); i++) {
            offsets[i] = boot.clusterOffset(runs.get(i).first());
            starts[i + 1] = starts[i] + (long) runs.get(i).count() * boot.clusterSize();
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        if (offset + count > starts[starts.length - 1]) {
            throw new MalformedImageException(
                    FatProblem.CHAIN_SHORT,
                    "byte %d of %d is behind the end of the chain"
                            .formatted(offset + count - 1, size));
        }
        int done = 0;
        while (done < count) {
            long at = offset + done;
            int found = Arrays.binarySearch(starts, at);
            int run = found >= 0 ? found : -found - 2;
            int piece = (int) Math.min(count - done, starts[run + 1] - at);
            source.read(offsets[run] + at - starts[run], into, start + done, piece);
            done += piece;
        }
    }
}
