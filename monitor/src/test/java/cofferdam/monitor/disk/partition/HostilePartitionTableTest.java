package cofferdam.monitor.disk.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.Problem;
import cofferdam.monitor.disk.ProblemKind;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/** Tables that contradict themselves, or that somebody made to harm a reader. */
class HostilePartitionTableTest {

    private static final int LAST = 4 * MemoryDisk.MIB - 512;
    private static final long SEED = 20261122;

    @Test
    void aChainOfLogicalPartitionsThatComesBackEnds() throws Exception {
        MemoryDisk disk = extended();
        entry(disk, 4096, 0, 0x83, 1, 2);
        entry(disk, 4096, 1, 0x05, 100, 50);
        entry(disk, 4096 + 100, 0, 0x83, 1, 2);
        entry(disk, 4096 + 100, 1, 0x05, 0, 50);
        sign(disk, 4096);
        sign(disk, 4096 + 100);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.partitions()).extracting(Partition::number).containsExactly(5, 6);
        assertThat(kinds(table)).containsExactly(PartitionProblem.EBR_LOOP);
    }

    @Test
    void aChainThatLeadsElsewhereIsTold() throws Exception {
        MemoryDisk unsigned = extended();
        MemoryDisk past = extended();
        entry(past, 4096, 1, 0x05, 0xf0000000L, 50);
        sign(past, 4096);

        assertThat(kinds(PartitionTable.read(unsigned)))
                .containsExactly(PartitionProblem.EBR_BROKEN);
        assertThat(kinds(PartitionTable.read(past))).containsExactly(PartitionProblem.EBR_BROKEN);
    }

    @Test
    void aLogicalPartitionOutsideItsExtendedOneIsTold() throws Exception {
        MemoryDisk disk = extended();
        entry(disk, 4096, 0, 0x83, 1, 3000);
        sign(disk, 4096);

        assertThat(kinds(PartitionTable.read(disk)))
                .containsExactly(PartitionProblem.LOGICAL_OUTSIDE);
    }

    @Test
    void veryLongChainsAreCut() throws Exception {
        MemoryDisk disk = extended();
        for (int i = 0; i < MbrReader.MAXIMUM_RECORDS + 10; i++) {
            entry(disk, 4096 + i, 1, 0x05, i + 1, 1);
            sign(disk, 4096 + i);
        }

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.structures()).hasSize(MbrReader.MAXIMUM_RECORDS + 1);
        assertThat(kinds(table)).containsExactly(CommonProblem.LIMIT);
    }

    @Test
    void partitionsPastTheEndAreCutAndOverlapsAreTold() throws Exception {
        MemoryDisk disk = MemoryDisk.ofMebibytes(4);
        entry(disk, 0, 0, 0x83, 100, 200);
        entry(disk, 0, 1, 0x83, 250, 0xffffffffL);
        entry(disk, 0, 2, 0x83, 9000, 10);
        sign(disk, 0);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.partitions()).extracting(Partition::number).containsExactly(1, 2);
        assertThat(table.partitions().getLast().end()).isEqualTo(disk.size());
        assertThat(kinds(table))
                .containsExactly(
                        PartitionProblem.PAST_END,
                        PartitionProblem.PAST_END,
                        PartitionProblem.OVERLAP);
    }

    @Test
    void aTableInsideAFatBootSectorIsTold() throws Exception {
        MemoryDisk disk = MemoryDisk.ofMebibytes(4);
        disk.little().putShort(11, (short) 512).put(13, (byte) 1).putShort(14, (short) 1);
        disk.little().put(16, (byte) 2).put(21, (byte) 0xf8);
        entry(disk, 0, 0, 0x83, 100, 200);
        sign(disk, 0);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.kind()).isEqualTo(PartitionTable.Kind.MBR);
        assertThat(kinds(table)).containsExactly(PartitionProblem.FILE_SYSTEM_AT_START);
    }

    @Test
    void theBackupIsReadWhereThePrimaryIsDamaged() throws Exception {
        MemoryDisk intact = gpt();
        for (int at : List.of(512, 512 + 16, 512 + 24, 1024, 1024 + 60)) {
            MemoryDisk disk = intact.copy();
            disk.bytes()[at] ^= 1;

            PartitionTable table = PartitionTable.read(disk);

            assertThat(table.partitions())
                    .isEqualTo(PartitionTable.read(intact).partitions())
                    .hasSize(2);
            assertThat(kinds(table)).containsExactly(PartitionProblem.GPT_PRIMARY_DAMAGED);
        }
    }

    @Test
    void aDamagedOrMissingBackupIsTold() throws Exception {
        MemoryDisk damaged = gpt();
        damaged.bytes()[LAST + 100] ^= 1;
        damaged.bytes()[LAST + 60] ^= 1;
        MemoryDisk truncated = new MemoryDisk(Arrays.copyOf(gpt().bytes(), 3 * MemoryDisk.MIB));

        assertThat(kinds(PartitionTable.read(damaged)))
                .containsExactly(PartitionProblem.GPT_BACKUP_DAMAGED);
        assertThat(kinds(PartitionTable.read(truncated)))
                .containsExactly(
                        PartitionProblem.GPT_BACKUP_DAMAGED,
                        PartitionProblem.GPT_BACKUP_MISPLACED,
                        PartitionProblem.PROTECTIVE_MBR,
                        PartitionProblem.PAST_END);
    }

    @Test
    void aGrownDiskHasItsBackupInTheMiddle() throws Exception {
        MemoryDisk grown = new MemoryDisk(Arrays.copyOf(gpt().bytes(), 5 * MemoryDisk.MIB));

        assertThat(kinds(PartitionTable.read(grown)))
                .containsExactly(
                        PartitionProblem.GPT_BACKUP_MISPLACED, PartitionProblem.PROTECTIVE_MBR);
    }

    @Test
    void copiesThatContradictEachOtherAreTold() throws Exception {
        MemoryDisk disk = gpt();
        disk.little().putLong(1024 + 40, 2500);
        reseal(disk, 512, 1024, 128 * 128);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(kinds(table)).containsExactly(PartitionProblem.GPT_CONTRADICTING);
        assertThat(table.partitions().getFirst().end()).isEqualTo(2501 * 512);
    }

    @Test
    void absurdEntryCountsAndSizesAreRefused() throws Exception {
        List<int[]> absurd = List.of(
                new int[] {1 << 31, 128},
                new int[] {-1, 128},
                new int[] {128, 0},
                new int[] {128, -128},
                new int[] {128, 1},
                new int[] {128, 192},
                new int[] {1, 1 << 30},
                new int[] {1 << 20, 128});
        for (int[] values : absurd) {
            MemoryDisk disk = gpt();
            disk.little().putInt(512 + 80, values[0]).putInt(512 + 84, values[1]);
            reseal(disk, 512, 1024, 0);

            PartitionTable table = PartitionTable.read(disk);

            assertThat(kinds(table)).containsExactly(PartitionProblem.GPT_PRIMARY_DAMAGED);
            assertThat(table.partitions()).hasSize(2);
        }
    }

    @Test
    void entriesOfAnotherSizeAreRead() throws Exception {
        MemoryDisk disk = gpt();
        byte[] second = Arrays.copyOfRange(disk.bytes(), 1024 + 128, 1024 + 256);
        Arrays.fill(disk.bytes(), 1024 + 128, 1024 + 256, (byte) 0);
        System.arraycopy(second, 0, disk.bytes(), 1024 + 256, 128);
        disk.little().putInt(512 + 80, 64).putInt(512 + 84, 256);
        reseal(disk, 512, 1024, 64 * 256);

        assertThat(PartitionTable.read(disk).partitions())
                .isEqualTo(PartitionTable.read(gpt()).partitions());
    }

    @Test
    void entriesThatMakeNoSenseAreTold() throws Exception {
        MemoryDisk disk = gpt();
        disk.little().putLong(1024 + 32, Long.MIN_VALUE).putLong(1024 + 128 + 40, Long.MAX_VALUE);
        reseal(disk, 512, 1024, 128 * 128);
        Arrays.fill(disk.bytes(), LAST, LAST + 512, (byte) 0);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.partitions()).extracting(Partition::number).containsExactly(2);
        assertThat(table.partitions().getFirst().end()).isEqualTo(disk.size());
        assertThat(kinds(table)).contains(PartitionProblem.GPT_ENTRY, PartitionProblem.PAST_END);
    }

    @Test
    void aGptWithoutAnyIntactCopyIsTold() throws Exception {
        MemoryDisk disk = gpt();
        disk.bytes()[600] ^= 1;
        disk.bytes()[512] ^= 1;
        disk.bytes()[LAST] ^= 1;

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.kind()).isEqualTo(PartitionTable.Kind.GPT);
        assertThat(table.partitions()).isEmpty();
        assertThat(kinds(table)).containsOnly(PartitionProblem.GPT_UNREADABLE);
    }

    @Test
    void anMbrThatDoesNotProtectIsTold() throws Exception {
        MemoryDisk hybrid = gpt();
        entry(hybrid, 0, 1, 0x83, 2048, 100);
        MemoryDisk small = gpt();
        entry(small, 0, 0, 0xee, 1, 10);
        MemoryDisk none = gpt();
        Arrays.fill(none.bytes(), 0, 512, (byte) 0);

        assertThat(kinds(PartitionTable.read(hybrid))).containsExactly(PartitionProblem.HYBRID_MBR);
        assertThat(kinds(PartitionTable.read(small)))
                .containsExactly(PartitionProblem.PROTECTIVE_MBR);
        assertThat(kinds(PartitionTable.read(none)))
                .containsExactly(PartitionProblem.PROTECTIVE_MBR);
        assertThat(PartitionTable.read(none).partitions()).hasSize(2);
    }

    @Test
    void aGptThatAnMbrSupersedesIsTold() throws Exception {
        MemoryDisk disk = gpt();
        entry(disk, 0, 0, 0x83, 2048, 100);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.kind()).isEqualTo(PartitionTable.Kind.MBR);
        assertThat(kinds(table)).containsExactly(PartitionProblem.STALE_GPT);
    }

    @Test
    void namesCannotDeceiveATerminal() throws Exception {
        MemoryDisk disk = gpt();
        char[] name = {'a', '\u001b', '\u202e', '/', '\ud800', 'b'};
        for (int i = 0; i < name.length; i++) {
            disk.little().putChar(1024 + 56 + 2 * i, name[i]);
        }
        reseal(disk, 512, 1024, 128 * 128);

        assertThat(PartitionTable.read(disk).partitions().getFirst().name())
                .startsWith("a\\x1b\\u202e\\x2f\\ud800b");
    }

    @Test
    void everyTruncationIsReadWithoutFailing() throws Exception {
        for (MemoryDisk disk : List.of(gpt(), chained())) {
            for (int size = 0; size < 20 * 1024; size += size < 2048 ? 1 : 97) {
                PartitionTable.read(new MemoryDisk(Arrays.copyOf(disk.bytes(), size)));
            }
            for (int size = (int) disk.size() - 600; size < disk.size(); size += 7) {
                PartitionTable.read(new MemoryDisk(Arrays.copyOf(disk.bytes(), size)));
            }
        }
    }

    @Test
    void mutationsNeverRaiseAnythingUnchecked() throws Exception {
        int count = Boolean.getBoolean("cofferdam.sweep") ? 20_000 : 500;
        List<MemoryDisk> disks = List.of(gpt(), chained());
        for (int i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(SEED + i);
            MemoryDisk disk = disks.get(i % disks.size());
            String what = "seed %d, iteration %d".formatted(SEED, i);
            byte[] saved = disk.bytes();
            MemoryDisk mutated = mutate(disk, random);
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> check(mutated, what), what);
            assertThat(disk.bytes()).isSameAs(saved);
        }
    }

    private static void check(MemoryDisk disk, String what) {
        try {
            PartitionTable table = PartitionTable.read(disk);
            assertThat(table.partitions())
                    .as(what)
                    .allMatch(partition -> partition.offset() >= 0
                            && partition.size() > 0
                            && partition.end() <= disk.size());
            assertThat(table.structures())
                    .as(what)
                    .allMatch(structure -> structure.offset() >= 0
                            && structure.offset() + structure.length() <= disk.size());
        } catch (IOException e) {
            throw new AssertionError(what, e);
        } catch (RuntimeException e) {
            throw new AssertionError(what, e);
        }
    }

    /** Changes bytes where the structures are, and makes the checksums right again half of the time. */
    private static MemoryDisk mutate(MemoryDisk disk, SplittableRandom random) {
        int[] places = {446, 512, 1024, 4096 * 512 + 446, LAST};
        byte[] bytes = disk.bytes().clone();
        MemoryDisk mutated = new MemoryDisk(bytes);
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            int at = places[random.nextInt(places.length)] + random.nextInt(92);
            bytes[Math.min(at, bytes.length - 1)] =
                    (byte) (random.nextBoolean() ? random.nextInt() : -1);
        }
        if (random.nextBoolean() && bytes[512] == 'E') {
            reseal(mutated, 512, 1024, 128 * 128);
        }
        return mutated;
    }

    private static List<ProblemKind> kinds(PartitionTable table) {
        return table.problems().stream().map(Problem::kind).toList();
    }

    private static MemoryDisk gpt() throws IOException {
        MemoryDisk disk = MemoryDisk.ofMebibytes(4);
        GptWriter.write(
                disk,
                List.of(
                        new NewPartition(
                                PartitionType.LINUX, MemoryDisk.MIB, MemoryDisk.MIB, "one"),
                        new NewPartition(
                                PartitionType.LINUX,
                                2 * MemoryDisk.MIB,
                                MemoryDisk.MIB + MemoryDisk.MIB / 2,
                                "two")),
                new SplittableRandom(1));
        return disk;
    }

    /** A disk whose extended partition has sectors 4096 to 6143, without a record in it. */
    private static MemoryDisk extended() {
        MemoryDisk disk = MemoryDisk.ofMebibytes(4);
        entry(disk, 0, 0, 0x05, 4096, 2048);
        sign(disk, 0);
        return disk;
    }

    private static MemoryDisk chained() {
        MemoryDisk disk = extended();
        for (int i = 0; i < 10; i++) {
            entry(disk, 4096 + i * 100, 0, 0x83, 1, 98);
            entry(disk, 4096 + i * 100, 1, 0x05, i * 100 + 100, i < 9 ? 100 : 0);
            sign(disk, 4096 + i * 100);
        }
        return disk;
    }

    private static void entry(
            MemoryDisk disk, int sector, int index, int type, long start, long sectors) {
        ByteBuffer bytes = disk.little();
        int at = sector * 512 + 446 + index * 16;
        bytes.put(at + 4, (byte) type);
        bytes.putInt(at + 8, (int) start);
        bytes.putInt(at + 12, (int) sectors);
    }

    private static void sign(MemoryDisk disk, int sector) {
        disk.little().putShort(sector * 512 + 510, (short) 0xaa55);
    }

    /** Makes the checksums of a GPT copy right; of the entries only if their length is given. */
    private static void reseal(MemoryDisk disk, int header, int entries, int length) {
        if (length > 0) {
            disk.little().putInt(header + 88, crc(disk.bytes(), entries, length));
        }
        disk.little().putInt(header + 16, 0);
        disk.little().putInt(header + 16, crc(disk.bytes(), header, 92));
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }
}
