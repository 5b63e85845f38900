package cofferdam.monitor.disk.partition;

import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what reading a table shows. */
final class Findings {

    /** How many problems are told of one table; a hostile one could have thousands. */
    static final int MAXIMUM_PROBLEMS = 100;

    private final long diskSize;
    private final List<Partition> partitions = new ArrayList<>();
    private final List<Structure> structures = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Findings(long diskSize) {
        this.diskSize = diskSize;
    }

    void report(ProblemKind kind, String detail) {
        if (problems.size() < MAXIMUM_PROBLEMS) {
            problems.add(new Problem(kind, detail));
        }
    }

    void structure(String name, long offset, long length) {
        structures.add(new Structure(name, offset, length));
    }

    /** Takes a partition as far as it is on the disk; the caller has checked for overflow. */
    void partition(Partition wanted) {
        if (wanted.offset() >= diskSize) {
            report(
                    PartitionProblem.PAST_END,
                    "partition %d begins at %d, the disk has %d bytes"
                            .formatted(wanted.number(), wanted.offset(), diskSize));
            return;
        }
        if (wanted.end() > diskSize) {
            report(
                    PartitionProblem.PAST_END,
                    "partition %d ends at %d, the disk has %d bytes"
                            .formatted(wanted.number(), wanted.end(), diskSize));
        }
        long size = Math.min(wanted.size(), diskSize - wanted.offset());
        partitions.add(new Partition(
                wanted.number(), wanted.offset(), size, wanted.type(), wanted.name()));
    }

    int partitionCount() {
        return partitions.size();
    }

    PartitionTable table(PartitionTable.Kind kind, int sectorSize) {
        reportOverlaps();
        return new PartitionTable(kind, sectorSize, partitions, structures, problems);
    }

    private void reportOverlaps() {
        List<Partition> ordered = partitions.stream()
                .sorted(Comparator.comparingLong(Partition::offset)
                        .thenComparingInt(Partition::number))
                .toList();
        if (ordered.isEmpty()) {
            return;
        }
        Partition farthest = ordered.getFirst();
        for (Partition next : ordered.subList(1, ordered.size())) {
            if (next.offset() < farthest.end()) {
                report(
                        PartitionProblem.OVERLAP,
                        "partitions %d and %d share bytes from %d on"
                                .formatted(farthest.number(), next.number(), next.offset()));
            }
            farthest = next.end() > farthest.end() ? next : farthest;
        }
    }
}
