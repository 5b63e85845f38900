package cofferdam.monitor.disk.partition;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The copies of a GPT that a disk has, if its sectors have a given size.
 *
 * @param last the number of the disk's last sector, where the backup belongs
 * @param primary the copy in sector 1 if it is intact
 * @param backups those intact at the place that the primary names, and in the last sector
 * @param faults what is wrong with those that are not intact, the primary's first
 */
record GptCopies(
        int sectorSize,
        long last,
        @Nullable GptCopy primary,
        List<GptCopy> backups,
        List<String> faults) {

    static GptCopies read(ByteSource disk, int sectorSize) throws IOException {
        long last = disk.size() / sectorSize - 1;
        List<String> faults = new ArrayList<>();
        GptCopy primary = tryRead(disk, 1, sectorSize, faults);
        List<GptCopy> backups = new ArrayList<>();
        if (primary != null && primary.alternate() != last && primary.alternate() != 1) {
            add(backups, tryRead(disk, primary.alternate(), sectorSize, faults));
        }
        if (last > 1) {
            add(backups, tryRead(disk, last, sectorSize, faults));
        }
        return new GptCopies(sectorSize, last, primary, backups, faults);
    }

    private static @Nullable GptCopy tryRead(
            ByteSource disk, long sector, int sectorSize, List<String> faults) throws IOException {
        try {
            return GptCopy.read(disk, sector, sectorSize);
        } catch (MalformedImageException e) {
            faults.add(e.problem().detail());
            return null;
        }
    }

    private static void add(List<GptCopy> backups, @Nullable GptCopy found) {
        if (found != null) {
            backups.add(found);
        }
    }

    /** The copy to believe: the primary if it is intact, else a backup. */
    @Nullable
    GptCopy best() {
        if (primary != null) {
            return primary;
        }
        return backups.isEmpty() ? null : backups.getFirst();
    }

    void reportTo(Findings findings) {
        if (primary == null) {
            findings.report(PartitionProblem.GPT_PRIMARY_DAMAGED, faults.getFirst());
            return;
        }
        if (backups.isEmpty()) {
            findings.report(
                    PartitionProblem.GPT_BACKUP_DAMAGED,
                    faults.isEmpty() ? "there is no room for it" : faults.getFirst());
        }
        if (primary.alternate() != last) {
            findings.report(
                    PartitionProblem.GPT_BACKUP_MISPLACED,
                    "it is said to be in sector %d, the last sector is %d"
                            .formatted(primary.alternate(), last));
        }
        for (GptCopy backup : backups) {
            if (!primary.agreesWith(backup)) {
                findings.report(
                        PartitionProblem.GPT_CONTRADICTING,
                        "the headers in sectors %d and %d"
                                .formatted(primary.sector(), backup.sector()));
            }
        }
    }

    void structuresTo(Findings findings) {
        if (primary != null) {
            structures(findings, "", primary);
        }
        for (GptCopy backup : backups) {
            structures(findings, "backup ", backup);
        }
    }

    private void structures(Findings findings, String which, GptCopy copy) {
        findings.structure(which + "GPT header", copy.sector() * sectorSize, sectorSize);
        findings.structure(
                which + "GPT entries", copy.entriesSector() * sectorSize, copy.entries().length);
    }
}
