package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A compressed grain in the file: a marker of 12 bytes with the grain's first sector and the length
 * of what follows, then zlib data (RFC 1950); after "Stream-Optimized Compressed Sparse Extents".
 *
 * @param offset of the marker, in bytes
 * @param sector the first sector of the grain in the extent, by the marker
 * @param dataLength in bytes, without the marker
 */
record CompressedGrain(long offset, long sector, long dataLength) {

    static final int MARKER_BYTES = 12;

    /** How much longer than its grain compressed data may be; zlib adds a few bytes in 16 KiB. */
    private static final int LARGEST_GROWTH = 4096;

    /**
     * The grain whose marker is at the offset.
     *
     * @throws MalformedImageException if it does not lie in the file, or is too long for a grain
     */
    static CompressedGrain at(ByteSource file, long offset, int grainBytes) throws IOException {
        ByteBuffer marker =
                ByteBuffer.wrap(file.read(offset, MARKER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        CompressedGrain grain = new CompressedGrain(
                offset, marker.getLong(0), Integer.toUnsignedLong(marker.getInt(8)));
        if (grain.dataLength == 0 || grain.dataLength > (long) grainBytes + LARGEST_GROWTH) {
            throw new MalformedImageException(
                    VmdkProblem.GRAIN_MARKER,
                    "%d bytes of compressed data at %d".formatted(grain.dataLength, offset));
        }
        file.requireInside(offset, grain.fileLength());
        return grain;
    }

    /** The length of marker and data, in bytes. */
    long fileLength() {
        return MARKER_BYTES + dataLength;
    }

    /**
     * The first bytes of the grain.
     *
     * @param wanted how many, at most those of a grain
     * @throws MalformedImageException if the data decompresses to fewer, or to more than a grain
     */
    byte[] decompressed(ByteSource file, int wanted, int grainBytes) throws IOException {
        byte[] data = file.read(offset + MARKER_BYTES, (int) dataLength);
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(data);
            byte[] grain = new byte[grainBytes];
            int length = inflate(inflater, grain);
            if (length < wanted || (!inflater.finished() && inflate(inflater, new byte[1]) > 0)) {
                throw malformed(length < wanted ? "too little" : "more than a grain");
            }
            return wanted == grainBytes ? grain : Arrays.copyOf(grain, wanted);
        } catch (DataFormatException e) {
            throw malformed("no zlib data");
        } finally {
            inflater.end();
        }
    }

    private static int inflate(Inflater inflater, byte[] into) throws DataFormatException {
        int length = 0;
        while (length < into.length) {
            int now = inflater.inflate(into, length, into.length - length);
            if (now == 0) {
                break;
            }
            length += now;
        }
        return length;
    }

    private MalformedImageException malformed(String what) {
        return new MalformedImageException(
                VmdkProblem.GRAIN_DATA, "the grain at %d holds %s".formatted(offset, what));
    }
}
