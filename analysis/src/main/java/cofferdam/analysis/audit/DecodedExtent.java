package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.DiskImage;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.MalformedImageException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;

/** The bytes of a compressed extent, decoded when they are first asked for. */
final class DecodedExtent implements ByteSource {

    private final Workspace work;
    private final DiskImage image;
    private final Extent extent;
    private byte @Nullable [] decoded;

    DecodedExtent(Workspace work, DiskImage image, Extent extent) {
        this.work = work;
        this.image = image;
        this.extent = extent;
    }

    /** Everything in it. */
    byte[] bytes() throws IOException {
        byte[] known = decoded;
        if (known != null) {
            return known;
        }
        if (!work.mayDecode(extent.guestLength())) {
            throw new MalformedImageException(
                    CommonProblem.WORK_LIMIT, "not decoded, as too much was");
        }
        // What is missing at its end reads as zeros.
        byte[] fresh = Arrays.copyOf(image.decode(extent), Math.toIntExact(extent.guestLength()));
        decoded = fresh;
        return fresh;
    }

    @Override
    public long size() {
        return extent.guestLength();
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        requireInside(offset, count);
        System.arraycopy(bytes(), (int) offset, into, start, count);
    }
}
