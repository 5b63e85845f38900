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
    public Layout read(ByteSource disk, Keys keys) throws IOException {
        PartitionTable table = PartitionTable.read(disk);
        List<Problem> problems = new ArrayList<>(table.problems());
        VolumeOpener opener = new VolumeOpener(keys, problems);
        List<Volume> volumes = new ArrayList<>();
        if (table.kind() == PartitionTable.Kind.NONE) {
            volumes.add(opener.open(0, disk, 0));
        }
        for (Partition partition : table.partitions()) {
            ByteSource content = disk.slice(partition.offset(), partition.size());
            volumes.add(opener.open(partition.number(), content, partition.offset()));
        }
        List<Range> structures = table.structures().stream()
                .map(structure -> new Range(structure.offset(), structure.length()))
                .toList();
        return new Layout(volumes, structures, problems);
    }
}
