package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.function.Consumer;

/** Who uses which cluster of a file, gathered while its tables are walked. */
final class Accounts {

    /** How much of tables is read at once, in bytes. */
    private static final int PIECE = 1 << 16;

    /** Tables that do not overlap are smaller than their file; the header's cluster may be cut. */
    private static final long SPARE = 1 << 20;

    private final ByteSource file;
    private final Layout layout;
    private final ClusterCounts counts = new ClusterCounts();
    private final ProblemLog log = new ProblemLog();
    private final ExtentRuns runs;
    private long tableBytes;

    /** Takes an entry of a table. */
    @FunctionalInterface
    interface EntryVisitor {
        void visit(int index, long entry) throws IOException;
    }

    Accounts(ByteSource file, Layout layout, Consumer<Extent> visitor) {
        this.file = file;
        this.layout = layout;
        runs = new ExtentRuns(visitor);
    }

    ByteSource file() {
        return file;
    }

    Layout layout() {
        return layout;
    }

    ClusterCounts counts() {
        return counts;
    }

    ProblemLog log() {
        return log;
    }

    ExtentRuns runs() {
        return runs;
    }

    /** Whether a structure begins at a cluster and lies inside the file. */
    boolean isPlace(long offset, long length) {
        return offset >= 0
                && layout.isAligned(offset)
                && length >= 0
                && length <= file.size()
                && offset <= file.size() - length;
    }

    /**
     * Notes a structure of the container, once for every reference to it.
     *
     * @return whether it is where it may be, and was not known before as part of any
     */
    boolean structure(String what, long offset, long length) {
        if (!layout.isAligned(offset)) {
            log.add(Qcow2Problem.UNALIGNED, "%s at 0x%x", what, offset);
            return false;
        }
        if (!isPlace(offset, length)) {
            log.add(Qcow2Problem.OUT_OF_FILE, "%s at 0x%x of %d bytes", what, offset, length);
            return false;
        }
        boolean overlaps = false;
        long last = layout.cluster(offset) + layout.clusters(length);
        for (long cluster = layout.cluster(offset); cluster < last; cluster++) {
            counts.add(cluster, 1);
            overlaps |= counts.markTable(cluster);
        }
        if (overlaps) {
            log.add(
                    Qcow2Problem.TABLE_OVERLAP,
                    "%s at 0x%x lies in another structure",
                    what,
                    offset);
        }
        runs.metadata(0, offset, length, what);
        return !overlaps;
    }

    /** As {@link #structure} for whole clusters of which the last may be cut by the file's end. */
    boolean wholeClusters(String what, long offset, long length) {
        long whole = layout.clusters(length) << layout.clusterBits();
        boolean cut = offset >= 0 && offset < file.size() && whole > file.size() - offset;
        return structure(what, offset, cut ? Math.max(length, file.size() - offset) : whole);
    }

    /**
     * Reads a table that is inside the file.
     *
     * @throws MalformedImageException if more tables were read than the file has room for
     */
    void forEachEntry(long offset, long entries, EntryVisitor visitor) throws IOException {
        long length = entries * Long.BYTES;
        tableBytes += length;
        if (tableBytes > 2 * file.size() + SPARE) {
            throw new MalformedImageException(
                    CommonProblem.WORK_LIMIT, "the tables overlap and are larger than the file");
        }
        for (long done = 0; done < length; done += PIECE) {
            byte[] piece = file.read(offset + done, (int) Math.min(PIECE, length - done));
            for (int at = 0; at < piece.length; at += Long.BYTES) {
                visitor.visit((int) ((done + at) / Long.BYTES), BigEndian.number(piece, at));
            }
        }
    }
}
