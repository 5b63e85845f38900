package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;

/** The content of a file; holes and reserved blocks read as zeros. */
final class FileSource implements ByteSource {

    private static final int MOST_RUNS = 1 << 20;

    private final ByteSource partition;
    private final long size;
    private final long[] starts;
    private final long[] lengths;
    private final long[] offsets;

    private FileSource(
            ByteSource partition, long size, long[] starts, long[] lengths, long[] offsets) {
        this.partition = partition;
        this.size = size;
        this.starts = starts;
        this.lengths = lengths;
        this.offsets = offsets;
    }

    /**
     * The content of a file with a map of blocks.
     *
     * @throws MalformedImageException if the map is damaged, or has more than 2^20 runs
     */
    static FileSource of(ByteSource partition, Superblock superblock, Inode inode)
            throws IOException {
        if (inode.size() < 0) {
            throw new MalformedImageException(
                    ExtProblem.BAD_INODE,
                    "inode %d has size %d".formatted(inode.number(), inode.size()));
        }
        Runs runs = new Runs(superblock.blockSize());
        new FileBlocks(partition, superblock).visit(inode, runs);
        return new FileSource(
                partition,
                inode.size(),
                Arrays.copyOf(runs.starts, runs.count),
                Arrays.copyOf(runs.lengths, runs.count),
                Arrays.copyOf(runs.offsets, runs.count));
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
        int found = Arrays.binarySearch(starts, offset);
        int run = Math.max(0, found >= 0 ? found : -found - 2);
        for (; run < starts.length && starts[run] < offset + count; run++) {
            long from = Math.max(offset, starts[run]);
            long to = Math.min(offset + count, starts[run] + lengths[run]);
            if (from < to) {
                partition.read(
                        offsets[run] + from - starts[run],
                        into,
                        start + (int) (from - offset),
                        (int) (to - from));
            }
        }
    }

    /** Collects written runs in bytes. */
    private static final class Runs implements BlockVisitor {

        private final int blockSize;
        private final BlockSet seen = new BlockSet();
        private long[] starts = new long[4];
        private long[] lengths = new long[4];
        private long[] offsets = new long[4];
        private int count;

        Runs(int blockSize) {
            this.blockSize = blockSize;
        }

        @Override
        public void data(long logical, long physical, long length, boolean written)
                throws MalformedImageException {
            if (!written) {
                return;
            }
            if (count == MOST_RUNS) {
                throw new MalformedImageException(
                        CommonProblem.LIMIT, "a file of more than %d runs".formatted(MOST_RUNS));
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, 2 * count);
                lengths = Arrays.copyOf(lengths, 2 * count);
                offsets = Arrays.copyOf(offsets, 2 * count);
            }
            starts[count] = logical * blockSize;
            lengths[count] = length * blockSize;
            offsets[count] = physical * blockSize;
            count++;
        }

        @Override
        public boolean index(long block) throws MalformedImageException {
            if (!seen.add(block)) {
                throw new MalformedImageException(
                        ExtProblem.BLOCK_TWICE, "block %d twice in a file's map".formatted(block));
            }
            return true;
        }

        @Override
        public void problem(Problem problem) throws MalformedImageException {
            throw new MalformedImageException(problem.kind(), problem.detail());
        }
    }
}
