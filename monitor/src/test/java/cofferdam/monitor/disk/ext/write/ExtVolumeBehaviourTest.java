package cofferdam.monitor.disk.ext.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Region;
import cofferdam.monitor.disk.ext.ExtFileSystem;
import cofferdam.monitor.disk.ext.ExtProblem;
import cofferdam.monitor.disk.ext.GroupDescriptor;
import cofferdam.monitor.disk.ext.Superblock;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class ExtVolumeBehaviourTest {

    private static final int ROUNDS = System.getProperty("cofferdam.sweep") == null ? 500 : 20_000;

    private static final int DISKS = 8;

    @TempDir
    private Path folder;

    static List<TestDisk> disks() {
        return TestDisk.all().toList();
    }

    private static TestDisk formatted(FormatOptions options) throws IOException {
        TestDisk disk = new TestDisk("disk", 8 << 20, options);
        disk.format();
        return disk;
    }

    @Test
    void equalOptionsGiveEqualBytes() throws Exception {
        assertThat(formatted(TestDisk.ext4()).toByteArray())
                .isEqualTo(formatted(TestDisk.ext4()).toByteArray());
    }

    @Test
    void pathsThatCannotBeUsedAreNamed() throws Exception {
        ExtVolume volume = formatted(TestDisk.ext2()).open();
        volume.createDirectory("/folder");
        volume.write("/folder/file", new byte[10]);

        assertThatThrownBy(() -> volume.read("/none")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> volume.write("/none/file", new byte[1]))
                .isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> volume.list("/folder/file"))
                .isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> volume.createDirectory("/folder"))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> volume.delete("/folder"))
                .isInstanceOf(DirectoryNotEmptyException.class);
        assertThatThrownBy(() -> volume.delete("/")).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> volume.write("/folder", new byte[1]))
                .isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> volume.read("/../etc")).isInstanceOf(FileSystemException.class);
        assertThat(volume.list("/")).containsExactly("lost+found", "folder");
        assertThat(volume.exists("/folder/file")).isTrue();
        assertThat(volume.isDirectory("/folder")).isTrue();
        assertThat(volume.isDirectory("/folder/file")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("disks")
    void aFullFileSystemStaysCleanAndWorksOnceSomethingIsDeleted(TestDisk disk) throws Exception {
        disk.format();
        ExtVolume volume = disk.open();
        volume.createDirectory("/filled");
        int written = 0;
        try {
            while (true) {
                volume.write("/filled/" + written, new byte[(int) (volume.freeBytes() / 3) + 1]);
                written++;
            }
        } catch (FileSystemException e) {
            assertThat(e).hasMessageContaining("left on device");
        }
        disk.requireClean(folder);

        for (int number = 0; number < written; number += 2) {
            volume.delete("/filled/" + number);
        }
        volume.write("/filled/again", new byte[3000]);
        disk.requireClean(folder);
    }

    @ParameterizedTest
    @MethodSource("disks")
    void aFileInManyPiecesIsWrittenAndReadWhole(TestDisk disk) throws Exception {
        disk.format();
        ExtVolume volume = disk.open();
        int block = disk.blockSize();
        int pieces = (int) Math.min(300, volume.freeBytes() / block / 4);
        volume.createDirectory("/p");
        int count = 0;
        try {
            for (; count < 2 * pieces; count++) {
                volume.write("/p/" + count, new byte[block]);
            }
        } catch (FileSystemException e) {
            assertThat(e).hasMessageContaining("no inodes");
        }
        volume.delete("/p/0");
        volume.write("/rest", new byte[(int) (volume.freeBytes() - volume.freeBytes() / 32)]);
        for (int number = 2; number < count; number += 2) {
            volume.delete("/p/" + number);
        }
        byte[] content = new byte[(int) (volume.freeBytes() * 3 / 4)];
        new Random(7).nextBytes(content);
        volume.write("/pieces", content);

        assertThat(disk.open().read("/pieces")).isEqualTo(content);
        disk.requireClean(folder);
        volume.delete("/pieces");
        disk.requireClean(folder);
    }

    @Test
    void whatWasDeletedFromExt2IsStillThereForWhoeverLooks() throws Exception {
        TestDisk disk = formatted(TestDisk.ext2());
        ExtVolume volume = disk.open();
        byte[] secret = "the secret".getBytes(StandardCharsets.UTF_8);
        volume.write("/secret", secret);
        volume.delete("/secret");

        List<FileExtent> extents = new ArrayList<>();
        ExtFileSystem.open(disk).walk(extents::add);
        FileExtent found = extents.stream()
                .filter(extent -> extent.region() == Region.UNALLOCATED)
                .findFirst()
                .orElseThrow();
        assertThat(disk.read(found.offset(), secret.length)).isEqualTo(secret);
        assertThat(volume.exists("/secret")).isFalse();
    }

    @Test
    void aKernelWouldNotMountItSoNeitherDoesOpen() throws Exception {
        requireRefused(56, 0x12, ExtProblem.BAD_MAGIC);
        requireRefused(97, 0x40, ExtProblem.UNSUPPORTED_FEATURE);
        requireRefused(104, 0x55, ExtProblem.BAD_CHECKSUM);
        requireRefused(4096 - 1024 + 8, 0x55, ExtProblem.BAD_CHECKSUM);
        TestDisk disk = formatted(TestDisk.ext2());
        disk.write(2048, new byte[] {-1, -1, -1, 0});
        assertThatThrownBy(disk::open).hasMessageContaining(ExtProblem.BAD_DESCRIPTOR.code());
    }

    private static void requireRefused(int at, int value, ExtProblem kind) throws IOException {
        TestDisk disk = formatted(TestDisk.ext4());
        disk.write(1024 + at, new byte[] {(byte) value});
        assertThatThrownBy(disk::open)
                .isInstanceOf(MalformedImageException.class)
                .hasMessageContaining(kind.code());
    }

    @Test
    void aDiskCutShorterThanItsFileSystemIsRefused() throws Exception {
        TestDisk disk = formatted(TestDisk.ext4());
        TestDisk shorter = new TestDisk("short", 7 << 20, TestDisk.ext4());
        shorter.write(0, disk.read(0, 7 << 20));

        assertThatThrownBy(shorter::open).hasMessageContaining(ExtProblem.BEYOND_DEVICE.code());
    }

    @Test
    void aFileChangedInItsMetadataFailsToBeRead() throws Exception {
        TestDisk disk = formatted(TestDisk.ext4());
        ExtVolume volume = disk.open();
        volume.write("/file", new byte[5000]);
        Superblock superblock = Superblock.read(disk);
        long inode = GroupDescriptor.read(disk, superblock, 0).inodeTable() * 4096 + 11 * 256;
        disk.write(inode + 2, new byte[] {7});

        assertThatThrownBy(() -> disk.open().read("/file"))
                .hasMessageContaining(ExtProblem.BAD_CHECKSUM.code());
    }

    @ParameterizedTest
    @MethodSource("disks")
    void mutationsRaiseOnlyIoExceptions(TestDisk disk) throws Exception {
        disk.format();
        ExtVolume volume = disk.open();
        volume.createDirectory("/folder");
        volume.write("/folder/file", new byte[200_000]);
        byte[] valid = disk.read(0, 1 << 20);
        assertTimeoutPreemptively(Duration.ofSeconds(20).multipliedBy(ROUNDS / 500), () -> {
            for (int round = 0; round < ROUNDS / DISKS; round++) {
                disk.write(0, valid);
                Random random = new Random(round);
                for (int change = 0; change < 1 + random.nextInt(30); change++) {
                    disk.write(
                            1024 + random.nextInt(random.nextInt(64, 80_000)),
                            new byte[] {(byte) random.nextInt()});
                }
                try {
                    useEverything(disk.open());
                } catch (RuntimeException | Error e) {
                    fail("%s, seed %d".formatted(disk, round), e);
                } catch (IOException e) {
                    assertThat(e).hasMessageNotContaining("\n");
                }
            }
        });
    }

    private static void useEverything(ExtVolume volume) throws IOException {
        volume.list("/folder");
        volume.read("/folder/file");
        volume.write("/folder/new", new byte[3000]);
        volume.write("/folder/file", new byte[30_000]);
        volume.createDirectory("/folder/below");
        volume.delete("/folder/new");
        volume.delete("/folder/file");
    }
}
