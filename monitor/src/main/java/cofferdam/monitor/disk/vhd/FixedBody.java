package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Claims;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;

/**
 * The body of a fixed disk: its bytes as they are.
 *
 * @param size of the disk, in bytes
 * @param available how many of them the file has before the footer
 */
record FixedBody(ByteSource file, long size, long available) implements Body {

    @Override
    public ByteSource content(ByteSource below) {
        return new Content(file, size, available);
    }

    @Override
    public void walk(ExtentRuns runs, Claims claims, ProblemTally problems) {
        runs.data(0, 0, Math.min(size, available), 0, 0);
    }

    /** Fails where the file has not what the footer promises, and never gives the footer away. */
    private record Content(ByteSource file, long size, long available) implements ByteSource {

        @Override
        public void read(long offset, byte[] into, int start, int count) throws IOException {
            requireInside(offset, count);
            file.slice(0, Math.min(size, available)).read(offset, into, start, count);
        }
    }
}
