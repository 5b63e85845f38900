package cofferdam.monitor.disk.ntfs;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Runs to be written as mapping pairs by the tests. */
record RawRuns(List<Run> runs) {

    static final long HOLE = -1;

    /** Clusters one after the other; {@link #HOLE} for their place if they are nowhere. */
    record Run(long lcn, int clusters) {

        boolean hole() {
            return lcn == HOLE;
        }
    }

    RawRuns() {
        this(new ArrayList<>());
    }

    /** Adds a run, which joins the last one where it follows it. */
    void add(long lcn, int clusters) {
        if (!runs.isEmpty()) {
            Run last = runs.getLast();
            if (last.hole() ? lcn == HOLE : last.lcn + last.clusters == lcn) {
                runs.set(runs.size() - 1, new Run(last.lcn, last.clusters + clusters));
                return;
            }
        }
        runs.add(new Run(lcn, clusters));
    }

    /** With their holes. */
    int clusters() {
        return runs.stream().mapToInt(Run::clusters).sum();
    }

    /** Without their holes. */
    int stored() {
        return runs.stream().filter(run -> !run.hole()).mapToInt(Run::clusters).sum();
    }

    byte[] pairs() {
        ByteArrayOutputStream pairs = new ByteArrayOutputStream();
        long before = 0;
        for (Run run : runs) {
            byte[] length = signed(run.clusters);
            byte[] distance = run.hole() ? new byte[0] : signed(run.lcn - before);
            pairs.write(distance.length << 4 | length.length);
            pairs.writeBytes(length);
            pairs.writeBytes(distance);
            before = run.hole() ? before : run.lcn;
        }
        pairs.write(0);
        return pairs.toByteArray();
    }

    /** The fewest bytes that hold the number, the lowest first. */
    private static byte[] signed(long number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        long rest = number;
        byte last;
        do {
            last = (byte) rest;
            bytes.write(last);
            rest >>= 8;
        } while (rest != last >> 7);
        return bytes.toByteArray();
    }
}
