package cofferdam.monitor.disk.partition;

import static cofferdam.monitor.disk.BlockDevice.SECTOR;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the partitions of an MBR and the chains of extended boot records behind it. A logical partition
 * counts from its own record, a link to the next record from the extended partition.
 */
final class MbrReader {

    /** How many extended boot records are followed; Linux takes at most 256 partitions. */
    static final int MAXIMUM_RECORDS = 1024;

    private static final int FIRST_LOGICAL = 5;

    private final ByteSource disk;
    private final Findings findings;
    private final Set<Long> visited = new HashSet<>();
    private int nextLogical = FIRST_LOGICAL;

    MbrReader(ByteSource disk, Findings findings) {
        this.disk = disk;
        this.findings = findings;
    }

    void read(Mbr mbr) throws IOException {
        findings.structure("MBR", 0, SECTOR);
        for (Mbr.Entry entry : mbr.used()) {
            if (!entry.isExtended()) {
                findings.partition(partition(entry.number(), 0, entry));
            }
        }
        for (Mbr.Entry entry : mbr.used()) {
            if (entry.isExtended()) {
                readChain(entry);
            }
        }
    }

    private void readChain(Mbr.Entry extended) throws IOException {
        long record = extended.start();
        while (mayRead(record)) {
            Mbr ebr = Mbr.parse(disk.read(record * SECTOR, SECTOR));
            if (!ebr.signed()) {
                findings.report(
                        PartitionProblem.EBR_BROKEN,
                        "sector %d is no extended boot record".formatted(record));
                return;
            }
            findings.structure("EBR", record * SECTOR, SECTOR);
            Mbr.Entry link = null;
            for (Mbr.Entry entry : ebr.used()) {
                if (!entry.isExtended()) {
                    readLogical(extended, record, entry);
                } else if (link == null) {
                    link = entry;
                }
            }
            if (link == null) {
                return;
            }
            record = extended.start() + link.start();
        }
    }

    private boolean mayRead(long record) {
        if (visited.size() >= MAXIMUM_RECORDS) {
            findings.report(
                    CommonProblem.LIMIT,
                    "more than %d extended boot records".formatted(MAXIMUM_RECORDS));
            return false;
        }
        if (record == 0 || record > disk.size() / SECTOR - 1) {
            findings.report(
                    PartitionProblem.EBR_BROKEN,
                    "an extended boot record is said to be in sector %d, the disk has %d"
                            .formatted(record, disk.size() / SECTOR));
            return false;
        }
        if (!visited.add(record)) {
            findings.report(
                    PartitionProblem.EBR_LOOP,
                    "the extended boot record in sector %d is met again".formatted(record));
            return false;
        }
        return true;
    }

    private void readLogical(Mbr.Entry extended, long record, Mbr.Entry entry) {
        long start = record + entry.start();
        if (start < extended.start() || start + entry.sectors() > extended.end()) {
            findings.report(
                    PartitionProblem.LOGICAL_OUTSIDE,
                    "partition %d has sectors %d to %d, its extended partition %d to %d"
                            .formatted(
                                    nextLogical,
                                    start,
                                    start + entry.sectors() - 1,
                                    extended.start(),
                                    extended.end() - 1));
        }
        findings.partition(partition(nextLogical++, record, entry));
    }

    private static Partition partition(int number, long base, Mbr.Entry entry) {
        return new Partition(
                number,
                (base + entry.start()) * SECTOR,
                entry.sectors() * SECTOR,
                PartitionType.mbrName(entry.type()),
                "");
    }
}
