package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PaddedSource;
import cofferdam.monitor.disk.PagedSource;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;
import java.util.Arrays;

/**
 * A run whose bytes are in the grains of a sparse extent file.
 *
 * @param file index into the image's files
 * @param length in bytes; what lies past the extent's capacity is read from below
 * @param below what is read where the extent has nothing; as long as the part
 */
record SparsePart(
        int file,
        ByteSource source,
        SparseHeader header,
        GrainTables tables,
        GrainCache cache,
        long length,
        ByteSource below)
        implements Part {

    /**
     * The part in a file that nobody writes to.
     *
     * @throws MalformedImageException if its header or directory cannot be followed
     */
    static SparsePart open(int file, ByteSource source, ProblemTally problems) throws IOException {
        SparseHeader header = SparseHeader.of(source, problems);
        GrainTables tables =
                new GrainTables(new PagedSource(source), new PagedSource(source), header);
        return open(file, source, tables);
    }

    /** The part in a file, with the given way to its tables. */
    static SparsePart open(int file, ByteSource source, GrainTables tables) throws IOException {
        SparseHeader header = tables.header();
        requireDirectory(source, header.directory(), header);
        return new SparsePart(
                file,
                source,
                header,
                tables,
                new GrainCache(header.grainBytes()),
                header.capacityBytes(),
                PaddedSource.zeros(header.capacityBytes()));
    }

    private static void requireDirectory(ByteSource source, long sector, SparseHeader header)
            throws MalformedImageException {
        long bytes = header.directoryEntries() * GrainTables.ENTRY_BYTES;
        if (sector < 0 || sector > (source.size() - bytes) / SparseHeader.BYTES) {
            throw new MalformedImageException(
                    ContainerProblem.TABLE_OUTSIDE_FILE,
                    "the grain directory at sector %s".formatted(Long.toUnsignedString(sector)));
        }
    }

    /** The same part with another length or other bytes below. */
    SparsePart over(ByteSource other) {
        return new SparsePart(file, source, header, tables, cache, other.size(), other);
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        int grainBytes = header.grainBytes();
        int done = 0;
        while (done < count) {
            long at = offset + done;
            int within = (int) (at % grainBytes);
            int now = Math.min(count - done, grainBytes - within);
            readGrain(at, within, into, start + done, now);
            done += now;
        }
    }

    private void readGrain(long at, int within, byte[] into, int start, int count)
            throws IOException {
        long place = at < header.capacityBytes()
                ? tables.place(at / header.grainBytes())
                : GrainTables.ABSENT;
        if (place == GrainTables.ABSENT) {
            below.read(at, into, start, count);
        } else if (place == GrainTables.ZEROED) {
            Arrays.fill(into, start, start + count, (byte) 0);
        } else if (header.isCompressed()) {
            System.arraycopy(grain(place, at - within), within, into, start, count);
        } else {
            requireData(place + within, count, at);
            source.read(place + within, into, start, count);
        }
    }

    private byte[] grain(long place, long guest) throws IOException {
        byte[] known = cache.get(place);
        if (known != null) {
            return known;
        }
        requireData(place, CompressedGrain.MARKER_BYTES, guest);
        int wanted = (int) Math.min(header.grainBytes(), header.capacityBytes() - guest);
        byte[] part = decompressed(place, wanted);
        byte[] grain =
                wanted == header.grainBytes() ? part : Arrays.copyOf(part, header.grainBytes());
        cache.put(place, grain);
        return grain;
    }

    /** The first bytes of the compressed grain at the place in the file. */
    byte[] decompressed(long place, int wanted) throws IOException {
        return CompressedGrain.at(source, place, header.grainBytes())
                .decompressed(source, wanted, header.grainBytes());
    }

    private void requireData(long from, int count, long at) throws MalformedImageException {
        if (from > source.size() - count) {
            throw new MalformedImageException(
                    ContainerProblem.DATA_OUTSIDE_FILE,
                    "the grain with guest offset %d lies at %d".formatted(at, from));
        }
    }
}
