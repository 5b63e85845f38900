package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.PaddedSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The disk as its parts one behind another. */
final class Parts implements ByteSource {

    private final List<Part> parts;
    private final long[] starts;
    private final long size;

    /** @throws MalformedImageException if their lengths add up to no possible size */
    Parts(List<Part> parts) throws MalformedImageException {
        this.parts = List.copyOf(parts);
        starts = new long[parts.size()];
        long end = 0;
        for (int i = 0; i < starts.length; i++) {
            starts[i] = end;
            if (parts.get(i).length() > Long.MAX_VALUE - end) {
                throw new MalformedImageException(
                        CommonProblem.LIMIT, "extents of more than 8 EiB in all");
            }
            end += parts.get(i).length();
        }
        size = end;
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
        for (int i = indexOf(offset); done < count; i++) {
            Part part = parts.get(i);
            long within = offset + done - starts[i];
            int now = (int) Math.min(count - done, part.length() - within);
            part.read(within, into, start + done, now);
            done += now;
        }
    }

    /** The part that holds the byte; of several empty ones before it, it does not matter which. */
    private int indexOf(long offset) {
        int found = Arrays.binarySearch(starts, offset);
        return Math.max(0, found >= 0 ? found : -found - 2);
    }

    List<Part> all() {
        return parts;
    }

    /** Where the part begins on the disk, in bytes. */
    long start(int index) {
        return starts[index];
    }

    /** The same parts over other bytes. */
    Parts over(ByteSource backing) throws IOException {
        PaddedSource below = new PaddedSource(backing, size);
        List<Part> over = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            Part part = parts.get(i);
            over.add(
                    part instanceof SparsePart sparse
                            ? sparse.over(below.slice(starts[i], sparse.length()))
                            : part);
        }
        return new Parts(over);
    }
}
