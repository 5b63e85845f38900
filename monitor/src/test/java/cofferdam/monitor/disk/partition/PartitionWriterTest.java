package cofferdam.monitor.disk.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Holds what is written against sfdisk, sgdisk and the reader. */
class PartitionWriterTest {

    private static final List<NewPartition> WANTED = List.of(
            new NewPartition(
                    PartitionType.EFI_SYSTEM, MemoryDisk.MIB, 4L * MemoryDisk.MIB, "EFI system"),
            new NewPartition(
                    PartitionType.LINUX, 8L * MemoryDisk.MIB, 20L * MemoryDisk.MIB, "root é"),
            new NewPartition(
                    PartitionType.LINUX_SWAP, 5L * MemoryDisk.MIB, 2L * MemoryDisk.MIB, "swap"));

    @TempDir
    private Path folder;

    @Test
    void sfdiskAndTheReaderSeeTheGptThatWasWritten() throws Exception {
        MemoryDisk disk = gpt(7);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.kind()).isEqualTo(PartitionTable.Kind.GPT);
        assertThat(table.problems()).isEmpty();
        assertThat(table.partitions()).isEqualTo(new Sfdisk(folder).partitions(disk));
        assertThat(table.partitions())
                .extracting(Partition::name)
                .containsExactly("EFI system", "root é", "swap");
        assertThat(verify(disk)).contains("No errors detected").contains("Header version: 1.0");
    }

    @Test
    void sgdiskFindsNothingWrongWithTheGpt() throws Exception {
        Tool sgdisk = Tool.named("sgdisk");
        Path image = Files.write(folder.resolve("sgdisk.raw"), gpt(8).bytes());

        assertThat(sgdisk.run("--verify", image.toString()))
                .startsWith("\nNo problems found")
                .doesNotContain("aution")
                .doesNotContain("arning");
    }

    @Test
    void sfdiskAndTheReaderSeeTheMbrThatWasWritten() throws Exception {
        MemoryDisk disk = MemoryDisk.ofMebibytes(32);
        MbrWriter.write(disk, WANTED, new SplittableRandom(1));

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.kind()).isEqualTo(PartitionTable.Kind.MBR);
        assertThat(table.problems()).isEmpty();
        assertThat(table.partitions())
                .isEqualTo(new Sfdisk(folder).partitions(disk))
                .hasSize(3);
        assertThat(verify(disk)).contains("No errors detected");
    }

    @Test
    void theSameSeedGivesTheSameTable() throws Exception {
        assertThat(gpt(3).bytes()).isEqualTo(gpt(3).bytes());
        assertThat(gpt(3).bytes()).isNotEqualTo(gpt(4).bytes());
    }

    @Test
    void partitionsThatDoNotFitAreRefused() {
        refuses(new NewPartition(PartitionType.LINUX, 33 * 512, 512, ""), "is not within");
        refuses(
                new NewPartition(PartitionType.LINUX, 32 * MemoryDisk.MIB - 33 * 512, 512, ""),
                "is not within");
        refuses(new NewPartition(PartitionType.LINUX, MemoryDisk.MIB, 100, ""), "sectors");
        refuses(new NewPartition(PartitionType.LINUX, MemoryDisk.MIB, 0, ""), "sectors");
        refuses(new NewPartition(PartitionType.LINUX, MemoryDisk.MIB, 512, "x".repeat(37)), "36");
        assertThatThrownBy(() -> write(List.of(
                        new NewPartition(PartitionType.LINUX, MemoryDisk.MIB, 1024, ""),
                        new NewPartition(PartitionType.LINUX, MemoryDisk.MIB + 512, 512, ""))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("overlap");
    }

    @Test
    void moreThanFourPrimariesAreRefused() {
        List<NewPartition> many = Collections.nCopies(5, WANTED.getFirst());

        assertThatThrownBy(() ->
                        MbrWriter.write(MemoryDisk.ofMebibytes(32), many, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aDiskWithoutRoomForATableIsRefused() {
        assertThatThrownBy(() -> GptWriter.write(
                        new MemoryDisk(new byte[67 * 512]), List.of(), new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no room");
    }

    private static void refuses(NewPartition partition, String reason) {
        assertThatThrownBy(() -> write(List.of(partition)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static void write(List<NewPartition> partitions) throws Exception {
        GptWriter.write(MemoryDisk.ofMebibytes(32), partitions, new SplittableRandom(1));
    }

    private static MemoryDisk gpt(long seed) throws Exception {
        MemoryDisk disk = MemoryDisk.ofMebibytes(32);
        GptWriter.write(disk, WANTED, new SplittableRandom(seed));
        return disk;
    }

    private String verify(MemoryDisk disk) throws Exception {
        Path image = Files.write(folder.resolve("verify.raw"), disk.bytes());
        return Tool.named("sfdisk").run("--verify", image.toString());
    }
}
