package cofferdam.monitor.disk.partition;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.ByteSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Holds what is read against sfdisk and sleuthkit. */
class PartitionTableTest {

    @TempDir
    private Path folder;

    @Test
    void primariesAndLogicalsAreReadAsSfdiskReadsThem() throws Exception {
        Sfdisk sfdisk = new Sfdisk(folder);
        MemoryDisk disk = sfdisk.disk(64, """
                label: dos
                1M,10M,83
                11M,20M,5
                40M,,c
                12M,3M,83
                16M,4M,82
                21M,1M,8e
                """);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.kind()).isEqualTo(PartitionTable.Kind.MBR);
        assertThat(table.partitions()).hasSize(5);
        assertThat(table.partitions()).containsExactlyInAnyOrderElementsOf(sfdisk.partitions(disk));
        assertThat(table.structures())
                .extracting(Structure::name)
                .containsExactly("MBR", "EBR", "EBR", "EBR");
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void gptEntriesAreReadAsSfdiskReadsThem() throws Exception {
        Sfdisk sfdisk = new Sfdisk(folder);
        MemoryDisk disk = sfdisk.disk(32, """
                label: gpt
                size=5M,type=uefi,name="EFI"
                size=10M,type=linux,name="root é 漢"
                7:start=20M,type=swap
                """);

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.kind()).isEqualTo(PartitionTable.Kind.GPT);
        assertThat(table.sectorSize()).isEqualTo(512);
        assertThat(table.partitions()).hasSize(3);
        assertThat(table.partitions()).isEqualTo(sfdisk.partitions(disk));
        assertThat(table.problems()).isEmpty();
        assertThat(table.structures())
                .containsExactly(
                        new Structure("MBR", 0, 512),
                        new Structure("GPT header", 512, 512),
                        new Structure("GPT entries", 1024, 16384),
                        new Structure("backup GPT header", disk.size() - 512, 512),
                        new Structure("backup GPT entries", disk.size() - 33 * 512, 16384));
    }

    @Test
    void gptOfSectorsOf4096BytesIsRead() throws Exception {
        MemoryDisk disk = new Sfdisk(folder).diskOfLargeSectors(32, "g\nn\n1\n256\n1279\nw\n");

        PartitionTable table = PartitionTable.read(disk);

        assertThat(table.sectorSize()).isEqualTo(4096);
        assertThat(table.partitions())
                .containsExactly(new Partition(
                        1,
                        256 * 4096,
                        1024 * 4096,
                        PartitionType.name(PartitionType.LINUX.guid()),
                        ""));
        assertThat(table.problems()).isEmpty();
    }

    @Test
    void theStructuresAreWhereSleuthkitSeesThem() throws Exception {
        Tool mmls = Tool.named("mmls");
        MemoryDisk disk = new Sfdisk(folder).disk(64, """
                label: dos
                1M,10M,83
                11M,20M,f
                12M,3M,83
                16M,4M,82
                """);
        Path image = Files.write(folder.resolve("mmls.raw"), disk.bytes());

        List<Long> seen = mmls.run(image.toString())
                .lines()
                .filter(line -> line.matches(".*(Primary|Extended) Table.*"))
                .map(line -> Long.parseLong(line.split("\\s+")[2]) * 512)
                .toList();

        assertThat(PartitionTable.read(disk).structures())
                .extracting(Structure::offset)
                .containsExactlyElementsOf(seen)
                .hasSize(3);
    }

    @Test
    void fileSystemsThatBeginInTheFirstSectorHaveNoTable() throws Exception {
        Path image = folder.resolve("whole.raw");
        for (List<String> make : List.of(
                List.of("mkfs.vfat", "-F", "12", "-C", image.toString(), "2048"),
                List.of("mkfs.vfat", "-F", "16", "-C", image.toString(), "20480"),
                List.of("mkfs.vfat", "-F", "32", "-C", image.toString(), "40960"),
                List.of("mkfs.ext4", "-q", image.toString(), "20480"),
                List.of("mkntfs", "-F", "-Q", "-q", "-s", "512", image.toString(), "40960"),
                List.of("mkswap", image.toString()))) {
            if (make.contains("-C")) {
                Files.deleteIfExists(image);
            } else {
                Files.write(image, new byte[20 * MemoryDisk.MIB]);
            }
            Tool.named(make.getFirst()).run(make.subList(1, make.size()).toArray(String[]::new));

            PartitionTable table = PartitionTable.read(ByteSource.of(Files.readAllBytes(image)));

            assertThat(table.kind()).as(make.getFirst()).isEqualTo(PartitionTable.Kind.NONE);
            assertThat(table.structures()).as(make.getFirst()).isEmpty();
            assertThat(table.problems()).as(make.getFirst()).isEmpty();
        }
    }

    @Test
    void anEmptyOrTinyDiskHasNoTable() throws Exception {
        for (int size : new int[] {0, 1, 511, 512, 513, 1024, 4096, 8192}) {
            PartitionTable table = PartitionTable.read(ByteSource.of(new byte[size]));

            assertThat(table.kind()).isEqualTo(PartitionTable.Kind.NONE);
            assertThat(table.partitions()).isEmpty();
        }
    }

    @Test
    void aBootSectorInFrontOfExtIsNoTable() throws Exception {
        byte[] bytes = new byte[MemoryDisk.MIB];
        bytes[510] = 0x55;
        bytes[511] = (byte) 0xaa;

        assertThat(PartitionTable.read(ByteSource.of(bytes)).kind())
                .isEqualTo(PartitionTable.Kind.NONE);
    }

    @Test
    void bootCodeWhereEntriesWouldBeIsNoTable() throws Exception {
        byte[] bytes = new byte[MemoryDisk.MIB];
        for (int i = 0; i < 510; i++) {
            bytes[i] = (byte) "Not a system disk. ".charAt(i % 19);
        }
        bytes[510] = 0x55;
        bytes[511] = (byte) 0xaa;

        assertThat(PartitionTable.read(ByteSource.of(bytes)).kind())
                .isEqualTo(PartitionTable.Kind.NONE);
    }

    @Test
    void commonTypesAreNamed() {
        assertThat(PartitionType.named("0x83")).contains(PartitionType.LINUX);
        assertThat(PartitionType.named("C12A7328-F81F-11D2-BA4B-00A0C93EC93B"))
                .contains(PartitionType.EFI_SYSTEM);
        assertThat(PartitionType.named("0x01")).isEmpty();
    }
}
