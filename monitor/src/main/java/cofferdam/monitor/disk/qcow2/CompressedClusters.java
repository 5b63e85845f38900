package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** The compressed clusters of a file, of which the last one read is kept. */
final class CompressedClusters {

    private final ByteSource file;
    private final Layout layout;
    private final Compression compression;
    private final AtomicReference<@Nullable Kept> last = new AtomicReference<>();

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Kept(long entry, byte[] cluster) {}

    CompressedClusters(ByteSource file, Layout layout, Compression compression) {
        this.file = file;
        this.layout = layout;
        this.compression = compression;
    }

    /** The cluster that an L2 entry has compressed; not to be changed. */
    byte[] cluster(long entry) throws IOException {
        Kept kept = last.get();
        if (kept != null && kept.entry == entry) {
            return kept.cluster;
        }
        byte[] cluster = cluster(layout.compressedOffset(entry), layout.compressedLength(entry));
        last.set(new Kept(entry, cluster));
        return cluster;
    }

    /** The cluster whose compressed data lies there, or as much of it as is before the end. */
    byte[] cluster(long offset, int length) throws IOException {
        file.requireInside(offset, 1);
        int there = (int) Math.min(length, file.size() - offset);
        return compression.decompress(file.read(offset, there), there, layout.clusterSize());
    }
}
