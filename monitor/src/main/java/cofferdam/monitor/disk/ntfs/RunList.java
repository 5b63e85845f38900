package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import java.util.Arrays;

/**
 * Where a non-resident attribute's clusters lie: runs in ascending order of virtual cluster number
 * (VCN, counted in the attribute), each from a logical cluster number on (LCN, counted in the
 * volume). Sparse runs are not held: what no run covers is sparse.
 */
final class RunList {

    /** How many runs one attribute may have. */
    static final int MAX_RUNS = 1 << 18;

    private static final int FIRST_CAPACITY = 4;
    private static final int NOT_ALLOCATED_DELTA_BYTES = 0;

    private long[] vcns = new long[FIRST_CAPACITY];
    private long[] lcns = new long[FIRST_CAPACITY];
    private long[] lengths = new long[FIRST_CAPACITY];
    private int count;
    private long end;

    /** How many runs there are. */
    int count() {
        return count;
    }

    /** The VCN behind the last run, sparse ones counted. */
    long end() {
        return end;
    }

    long vcn(int run) {
        return vcns[run];
    }

    long lcn(int run) {
        return lcns[run];
    }

    /** In clusters. */
    long length(int run) {
        return lengths[run];
    }

    /** The first run that ends behind this VCN; {@link #count} if there is none. */
    int firstAfter(long vcn) {
        int at = Arrays.binarySearch(vcns, 0, count, vcn);
        if (at >= 0) {
            return at;
        }
        int before = -at - 2;
        return before >= 0 && vcns[before] + lengths[before] > vcn ? before : before + 1;
    }

    /** How many of the clusters from {@code vcn} on, {@code clusters} many, are not sparse. */
    long mapped(long vcn, long clusters) {
        long mapped = 0;
        for (int run = firstAfter(vcn); run < count && vcns[run] < vcn + clusters; run++) {
            long from = Math.max(vcn, vcns[run]);
            long to = Math.min(vcn + clusters, vcns[run] + lengths[run]);
            mapped += to - from;
        }
        return mapped;
    }

    /**
     * Decodes mapping pairs (Linux-NTFS documentation, "Data Runs") and appends them. What was
     * decoded before a malformed pair stays.
     *
     * @param firstVcn the VCN at which the first pair begins
     * @throws MalformedImageException as {@link NtfsProblem#BAD_RUN_LIST}, {@link
     *     NtfsProblem#RUN_OUTSIDE} or {@link CommonProblem#LIMIT}
     */
    void decode(Span pairs, long firstVcn, Volume volume) throws MalformedImageException {
        if (firstVcn < end || firstVcn > volume.maxFileCluster()) {
            throw bad("runs from cluster %d on behind those up to %d".formatted(firstVcn, end));
        }
        end = firstVcn;
        long lcn = 0;
        int at = 0;
        while (at < pairs.size() && pairs.u8(at) != 0) {
            int lengthBytes = pairs.u8(at) & 0xf;
            int deltaBytes = pairs.u8(at) >> 4;
            if (lengthBytes > Long.BYTES || deltaBytes > Long.BYTES) {
                throw bad("a run of %d and %d bytes".formatted(lengthBytes, deltaBytes));
            }
            long length = pairs.signed(at + 1, lengthBytes);
            if (length <= 0 || length > volume.maxFileCluster() - end) {
                throw bad("a run of %d clusters".formatted(length));
            }
            if (deltaBytes != NOT_ALLOCATED_DELTA_BYTES) {
                lcn += pairs.signed(at + 1 + lengthBytes, deltaBytes);
                requireInside(lcn, length, volume.boot().clusters());
                append(end, lcn, length);
            }
            end += length;
            at += 1 + lengthBytes + deltaBytes;
        }
    }

    /** The sum behind the LCN wraps where it is absurd; what it wraps to is refused as well. */
    private static void requireInside(long lcn, long length, long clusters)
            throws MalformedImageException {
        if (lcn < 0 || length > clusters || lcn > clusters - length) {
            throw new MalformedImageException(
                    NtfsProblem.RUN_OUTSIDE,
                    "%d clusters from %d on, in a volume of %d".formatted(length, lcn, clusters));
        }
    }

    private void append(long vcn, long lcn, long length) throws MalformedImageException {
        if (count == MAX_RUNS) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT, "more than %d runs".formatted(MAX_RUNS));
        }
        if (count == vcns.length) {
            vcns = Arrays.copyOf(vcns, count * 2);
            lcns = Arrays.copyOf(lcns, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        vcns[count] = vcn;
        lcns[count] = lcn;
        lengths[count] = length;
        count++;
    }

    private static MalformedImageException bad(String detail) {
        return new MalformedImageException(NtfsProblem.BAD_RUN_LIST, detail);
    }
}
