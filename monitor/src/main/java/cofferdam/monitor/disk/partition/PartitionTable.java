package cofferdam.monitor.disk.partition;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.util.List;

/**
 * What the partition table of a disk says.
 *
 * <p>Every byte of a disk is in a partition, in a structure of the table, or in a gap:
 *
 * <pre>{@code
 * PartitionTable table = PartitionTable.read(disk);
 * if (table.kind() == PartitionTable.Kind.NONE) {
 *     return List.of(disk); // perhaps a file system from the first sector on
 * }
 * List<ByteSource> volumes = new ArrayList<>();
 * for (Partition partition : table.partitions()) {
 *     volumes.add(disk.slice(partition.offset(), partition.size()));
 * }
 * return volumes;
 * }</pre>
 *
 * @param sectorSize what the table counts in, in bytes: 512 or 4096
 * @param partitions in the table's order; extended partitions, which only hold others, are not among
 *     them. They are inside the disk, but may overlap, which is then a problem
 * @param structures what the table itself takes, in the order read
 * @param problems at most {@value Findings#MAXIMUM_PROBLEMS}
 */
public record PartitionTable(
        Kind kind,
        int sectorSize,
        List<Partition> partitions,
        List<Structure> structures,
        List<Problem> problems) {

    /** What sort of table it is. */
    public enum Kind {
        NONE,
        MBR,
        GPT
    }

    public PartitionTable {
        partitions = List.copyOf(partitions);
        structures = List.copyOf(structures);
        problems = List.copyOf(problems);
    }

    /**
     * Reads the table of a disk. A damaged one is read as far as it can be, with its problems told.
     *
     * <p>GPT is taken where the MBR has a partition of type 0xEE, as Linux does; without one, an
     * intact GPT is taken only where the first sector says nothing else. An MBR is taken where its
     * entries make sense: the boot sectors of FAT and NTFS bear the same signature.
     *
     * <p>Sources: UEFI Specification 2.10, chapter 5; the MBR of IBM PC DOS, as Linux reads it.
     *
     * @throws IOException only if the disk itself cannot be read
     */
    public static PartitionTable read(ByteSource disk) throws IOException {
        Findings findings = new Findings(disk.size());
        if (disk.size() < BlockDevice.SECTOR) {
            return findings.table(Kind.NONE, BlockDevice.SECTOR);
        }
        byte[] first = disk.read(0, BlockDevice.SECTOR);
        Mbr mbr = Mbr.parse(first);
        GptReader gpt = GptReader.read(disk);
        if (mbr.isProtective()) {
            return gpt.table(mbr, findings);
        }
        boolean volume = VolumeBootRecord.isOne(first);
        if (mbr.isPlausible(disk.size(), volume)) {
            if (volume) {
                findings.report(
                        PartitionProblem.FILE_SYSTEM_AT_START,
                        "sector 0 has the parameters of a file system and %d partitions"
                                .formatted(mbr.used().size()));
            }
            return mbrTable(disk, mbr, gpt, findings);
        }
        if (!gpt.primaryIsIntact()) {
            return findings.table(Kind.NONE, BlockDevice.SECTOR);
        }
        if (volume) {
            findings.report(PartitionProblem.STALE_GPT, "sector 0 begins a file system");
            return findings.table(Kind.NONE, BlockDevice.SECTOR);
        }
        return gpt.table(mbr, findings);
    }

    private static PartitionTable mbrTable(
            ByteSource disk, Mbr mbr, GptReader gpt, Findings findings) throws IOException {
        if (gpt.primaryIsIntact()) {
            findings.report(
                    PartitionProblem.STALE_GPT, "the MBR has partitions, none of them protective");
        }
        new MbrReader(disk, findings).read(mbr);
        return findings.table(Kind.MBR, BlockDevice.SECTOR);
    }
}
