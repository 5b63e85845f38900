package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ContainerProblem;
import cofferdam.monitor.disk.Extent;
import cofferdam.monitor.disk.ExtentRuns;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemTally;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** Walks the parts of an image in order; a sparse file that two parts share is walked once. */
final class VmdkWalk {

    private final List<ByteSource> files;
    private final Parts parts;
    private final ExtentRuns runs;
    private final ProblemTally problems = new ProblemTally();

    VmdkWalk(List<ByteSource> files, Parts parts, Consumer<Extent> visitor) {
        this.files = files;
        this.parts = parts;
        runs = new ExtentRuns(visitor);
    }

    List<Problem> walk() throws IOException {
        tellSharedFiles();
        BitSet walked = new BitSet();
        for (int i = 0; i < parts.all().size(); i++) {
            walk(parts.all().get(i), parts.start(i), walked);
        }
        if (!walked.get(0)) {
            runs.metadata(0, 0, files.getFirst().size(), "descriptor");
        }
        runs.finish();
        return problems.problems();
    }

    private void walk(Part part, long start, BitSet walked) throws IOException {
        switch (part) {
            case ZeroPart zero -> {}
            case MissingPart missing -> {}
            case FlatPart flat -> {
                walked.set(flat.file());
                runs.data(flat.file(), flat.start(), flat.available(), 0, start);
            }
            case SparsePart sparse -> {
                if (!walked.get(sparse.file())) {
                    walked.set(sparse.file());
                    new SparseWalk(sparse, start, runs, problems).walk();
                }
            }
        }
    }

    private void tellSharedFiles() {
        List<Range> ranges = new ArrayList<>();
        for (Part part : parts.all()) {
            switch (part) {
                case ZeroPart zero -> {}
                case MissingPart missing -> {}
                case FlatPart flat ->
                    ranges.add(
                            new Range(flat.file(), flat.start(), flat.start() + flat.available()));
                case SparsePart sparse ->
                    ranges.add(new Range(sparse.file(), 0, sparse.source().size()));
            }
        }
        ranges.sort(Comparator.comparingInt(Range::file).thenComparingLong(Range::from));
        for (int i = 1; i < ranges.size(); i++) {
            Range before = ranges.get(i - 1);
            Range next = ranges.get(i);
            if (before.file() == next.file() && before.to() > next.from()) {
                problems.add(
                        ContainerProblem.OVERLAPPING_DATA,
                        "two extents have byte %d of file %d".formatted(next.from(), next.file()));
            }
        }
    }

    /** Bytes of a file, the last not included. */
    private record Range(int file, long from, long to) {}
}
