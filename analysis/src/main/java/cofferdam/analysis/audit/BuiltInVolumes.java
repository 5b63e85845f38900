package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.partition.Partition;
import cofferdam.monitor.disk.partition.PartitionTable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The partition tables, file systems and volumes that Cofferdam reads. */
final class BuiltInVolumes implements Volumes {

    @Override
    public Layout read(ByteSource disk, Unlocker unlocker) throws IOException {
        PartitionTable table = PartitionTable.read(disk);
        List<Problem> problems = new ArrayList<>(table.problems());
        List<Volume> volumes = new ArrayList<>();
        if (table.kind() == PartitionTable.Kind.NONE) {
            Range whole = new Range(0, disk.size());
            volumes.add(new VolumeOpener(unlocker, problems, 0, whole).open(disk));
        }
        for (Partition partition : table.partitions()) {
            ByteSource content = disk.slice(partition.offset(), partition.size());
            Range range = new Range(partition.offset(), partition.size());
            volumes.add(
                    new VolumeOpener(unlocker, problems, partition.number(), range).open(content));
        }
        List<Range> structures = table.structures().stream()
                .map(structure -> new Range(structure.offset(), structure.length()))
                .toList();
        return new Layout(volumes, structures, problems);
    }
}
