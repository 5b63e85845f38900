package cofferdam.monitor.disk.partition;

import static cofferdam.monitor.disk.BlockDevice.SECTOR;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileNames;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads the GPT of a disk whose sectors have 512 or 4096 bytes; which of them is for the table to show.
 */
final class GptReader {

    private static final int LARGE_SECTOR = 4096;
    private static final long LARGEST_PROTECTED = 0xffffffffL;

    private final ByteSource disk;
    private final List<GptCopies> sizes;

    private GptReader(ByteSource disk, List<GptCopies> sizes) {
        this.disk = disk;
        this.sizes = sizes;
    }

    static GptReader read(ByteSource disk) throws IOException {
        return new GptReader(
                disk, List.of(GptCopies.read(disk, SECTOR), GptCopies.read(disk, LARGE_SECTOR)));
    }

    boolean primaryIsIntact() {
        return sizes.stream().anyMatch(copies -> copies.primary() != null);
    }

    PartitionTable table(Mbr mbr, Findings findings) {
        findings.structure("MBR", 0, SECTOR);
        GptCopies chosen = choose(findings);
        GptCopy copy = chosen.best();
        if (copy == null) {
            for (String fault : chosen.faults()) {
                findings.report(PartitionProblem.GPT_UNREADABLE, fault);
            }
            return findings.table(PartitionTable.Kind.GPT, SECTOR);
        }
        chosen.reportTo(findings);
        chosen.structuresTo(findings);
        reportMbr(mbr, chosen, findings);
        readEntries(copy, chosen.sectorSize(), findings);
        return findings.table(PartitionTable.Kind.GPT, chosen.sectorSize());
    }

    private GptCopies choose(Findings findings) {
        List<GptCopies> primaries =
                sizes.stream().filter(copies -> copies.primary() != null).toList();
        if (primaries.size() > 1) {
            findings.report(
                    PartitionProblem.GPT_CONTRADICTING,
                    "there is one for sectors of 512 bytes, and one for 4096");
        }
        if (!primaries.isEmpty()) {
            return primaries.getFirst();
        }
        return sizes.stream()
                .filter(copies -> copies.best() != null)
                .findFirst()
                .orElse(sizes.getFirst());
    }

    private static void reportMbr(Mbr mbr, GptCopies copies, Findings findings) {
        List<Mbr.Entry> protecting = new ArrayList<>();
        List<Mbr.Entry> others = new ArrayList<>();
        for (Mbr.Entry entry : mbr.used()) {
            (entry.type() == PartitionType.PROTECTIVE_MBR ? protecting : others).add(entry);
        }
        if (!mbr.signed() || protecting.size() != 1) {
            findings.report(
                    PartitionProblem.PROTECTIVE_MBR,
                    "it has %d entries of type 0xee".formatted(protecting.size()));
            return;
        }
        if (!others.isEmpty()) {
            findings.report(
                    PartitionProblem.HYBRID_MBR,
                    "it has %d other partitions".formatted(others.size()));
            return;
        }
        Mbr.Entry entry = protecting.getFirst();
        long whole = Math.min(copies.last(), LARGEST_PROTECTED);
        if (entry.start() != 1
                || (entry.sectors() != whole && entry.sectors() != LARGEST_PROTECTED)) {
            findings.report(
                    PartitionProblem.PROTECTIVE_MBR,
                    "it protects %d sectors from %d on, the disk has %d"
                            .formatted(entry.sectors(), entry.start(), copies.last() + 1));
        }
    }

    private void readEntries(GptCopy copy, int sectorSize, Findings findings) {
        ByteBuffer entries = ByteBuffer.wrap(copy.entries()).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < copy.entries().length; at += copy.entrySize()) {
            UUID type = Guids.read(entries, at);
            if (!type.equals(Guids.NONE)) {
                readEntry(copy, entries, at, sectorSize, findings);
            }
        }
    }

    private void readEntry(
            GptCopy copy, ByteBuffer entries, int at, int sectorSize, Findings findings) {
        int number = at / copy.entrySize() + 1;
        long first = entries.getLong(at + 32);
        long last = entries.getLong(at + 40);
        if (first < copy.firstUsable() || last > copy.lastUsable() || last < first) {
            findings.report(
                    PartitionProblem.GPT_ENTRY,
                    "partition %d has sectors %d to %d, usable are %d to %d"
                            .formatted(number, first, last, copy.firstUsable(), copy.lastUsable()));
        }
        long sectors = disk.size() / sectorSize;
        if (first < 0 || last < first) {
            return;
        }
        if (first >= sectors || last >= sectors) {
            findings.report(
                    PartitionProblem.PAST_END,
                    "partition %d has sectors %d to %d, the disk has %d"
                            .formatted(number, first, last, sectors));
        }
        if (first < sectors) {
            long end = Math.min(last, sectors - 1) + 1;
            findings.partition(new Partition(
                    number,
                    first * sectorSize,
                    (end - first) * sectorSize,
                    PartitionType.name(Guids.read(entries, at)),
                    name(entries, at + GptCopy.NAME_OFFSET)));
        }
    }

    /** 36 UTF-16LE characters, filled up with zeros. */
    private static String name(ByteBuffer entries, int at) {
        byte[] bytes = new byte[GptCopy.NAME_SIZE];
        entries.get(at, bytes);
        StringBuilder name = new StringBuilder();
        for (char letter : chars(bytes)) {
            if (letter == 0) {
                break;
            }
            name.append(letter);
        }
        return FileNames.of(name);
    }

    private static char[] chars(byte[] bytes) {
        char[] letters = new char[bytes.length / Character.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().get(letters);
        return letters;
    }
}
