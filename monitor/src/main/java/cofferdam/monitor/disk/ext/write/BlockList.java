package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ext.BlockVisitor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The blocks that a file's map tells, in memory; whatever is wrong with the map is an error. */
final class BlockList implements BlockVisitor {

    /** The most blocks of a file: 64 MiB in blocks of 1 KiB, and as many more for its holes. */
    private static final int MOST = 1 << 17;

    private long[] data = new long[16];
    private int count;
    private final List<Long> index = new ArrayList<>();

    @Override
    public void data(long logical, long physical, long length, boolean written)
            throws MalformedImageException {
        if (logical > MOST - length) {
            throw tooLong();
        }
        int end = (int) (logical + length);
        if (end > data.length) {
            data = Arrays.copyOf(data, Math.max(end, Math.min(MOST, 2 * data.length)));
        }
        for (int at = 0; at < length; at++) {
            // What is reserved but not written reads as zeros: its sign keeps it apart.
            data[(int) logical + at] = written ? physical + at : -(physical + at);
        }
        count = Math.max(count, end);
    }

    @Override
    public boolean index(long block) throws MalformedImageException {
        if (index.size() >= MOST) {
            throw tooLong();
        }
        return index.add(block);
    }

    private static MalformedImageException tooLong() {
        return new MalformedImageException(
                CommonProblem.LIMIT, "a file of more than %d blocks".formatted(MOST));
    }

    @Override
    public void problem(Problem problem) throws MalformedImageException {
        throw new MalformedImageException(problem.kind(), problem.detail());
    }

    /** The block that holds this part of the file; 0 for one that reads as zeros. */
    long at(long logical) {
        return logical < count ? Math.max(0, data[(int) logical]) : 0;
    }

    /** All blocks of the content. */
    long[] data() {
        return Arrays.stream(data, 0, count)
                .filter(block -> block != 0)
                .map(Math::abs)
                .toArray();
    }

    /** The blocks of the map itself. */
    List<Long> index() {
        return index;
    }

    /** All blocks of content and map. */
    long[] all() {
        long[] all = Arrays.copyOf(data(), data().length + index.size());
        for (int at = 0; at < index.size(); at++) {
            all[all.length - index.size() + at] = index.get(at);
        }
        return all;
    }
}
