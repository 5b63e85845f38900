package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.MalformedImageException;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** How the compressed clusters of an image are compressed (section <i>Additional fields</i>). */
enum Compression {
    /** RFC 1951, without a zlib header. */
    DEFLATE {
        @Override
        int fill(byte[] from, int length, byte[] cluster) throws MalformedImageException {
            try (Inflater inflater = new Inflater(true)) {
                inflater.setInput(from, 0, length);
                int filled = 0;
                while (filled < cluster.length) {
                    int more = inflater.inflate(cluster, filled, cluster.length - filled);
                    if (more == 0) {
                        return filled;
                    }
                    filled += more;
                }
                return filled;
            } catch (DataFormatException e) {
                throw broken(String.valueOf(e.getMessage()));
            }
        }
    },
    /** RFC 8878, one frame a cluster. Decompressed in one step, so a frame's window costs nothing. */
    ZSTD {
        @Override
        int fill(byte[] from, int length, byte[] cluster) throws MalformedImageException {
            try {
                long frame = Zstd.findFrameCompressedSize(from, 0, length);
                if (Zstd.isError(frame) || frame <= 0 || frame > length) {
                    throw broken("no whole zstd frame");
                }
                long filled =
                        Zstd.decompressByteArray(cluster, 0, cluster.length, from, 0, (int) frame);
                if (Zstd.isError(filled)) {
                    throw broken(Zstd.getErrorName(filled));
                }
                return (int) filled;
            } catch (ZstdException e) {
                throw broken(String.valueOf(e.getMessage()));
            }
        }
    };

    /** How many times its size a file may hold by honest compression; deflate's own bound is 1032. */
    static final int MOST_EXPANSION = 1032;

    /** Fills the cluster as far as the data goes, never further; gives how far. */
    abstract int fill(byte[] from, int length, byte[] cluster) throws MalformedImageException;

    /**
     * The cluster of this size whose data are the first bytes of an array.
     *
     * @throws MalformedImageException if they do not give a whole cluster
     */
    byte[] decompress(byte[] from, int length, int clusterSize) throws MalformedImageException {
        byte[] cluster = new byte[clusterSize];
        int filled = fill(from, length, cluster);
        if (filled < clusterSize) {
            throw broken("%d of %d bytes".formatted(filled, clusterSize));
        }
        return cluster;
    }

    private static MalformedImageException broken(String why) {
        return new MalformedImageException(Qcow2Problem.COMPRESSED_DATA, why);
    }
}
