package cofferdam.monitor.guest.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import cofferdam.monitor.Tool;
import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MemoryFile;
import cofferdam.monitor.disk.partition.Partition;
import cofferdam.monitor.disk.partition.PartitionTable;
import cofferdam.monitor.disk.raw.RawDisk;
import cofferdam.monitor.evidence.Canary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

class GuestSystemTest {

    private static final int SIZE = 2 << 20;
    private static final String NOTES = "/home/alice/notes.txt";
    private static final Canary CANARY = Canary.of(0x0123456789abcdefL, 0x0123456789abcdefL);
    private static final byte[] INSTALLED = installed(SIZE);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2 << 20, 3 << 20, 16 << 20})
    void anInstalledDiskIsSoundToOtherTools(int size) throws Exception {
        byte[] disk = size == SIZE ? INSTALLED : installed(size);

        requireSound(disk);
        assertThat(debugfs(disk, "cat /etc/hostname")).asString().isEqualTo("vm1\n");
        boot(disk.clone());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/boot/vmlinuz", "/sbin/init", "/etc/essential.sha256", "/etc/passwd"})
    void theSystemsOwnFilesAreNeitherSavedNorErasedByUsers(String path) throws Exception {
        byte[] disk = INSTALLED.clone();
        GuestSystem system = boot(disk);

        assertThatThrownBy(() -> system.save(path, CANARY))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("belongs to the system");
        assertThatThrownBy(() -> system.erase(path)).isInstanceOf(AccessDeniedException.class);
        boot(disk);
    }

    @Test
    void theChecksumsAreThoseOfSha256sum() throws Exception {
        Path root = Files.createDirectory(folder.resolve("root"));
        debugfs(INSTALLED, "rdump / " + root);
        String list = Files.readString(root.resolve("etc/essential.sha256"));
        Path local = folder.resolve("local.sha256");
        Files.writeString(local, list.replace("  /", "  " + root + "/"));

        assertThat(list.lines()).hasSize(6);
        assertThat(Tool.named("sha256sum").run("--check", local.toString()).lines())
                .hasSize(6)
                .allMatch(line -> line.endsWith(": OK"));
    }

    @Test
    void theSameChoicesGiveTheSameBytes() {
        assertThat(Arrays.equals(installed(SIZE), INSTALLED)).isTrue();
    }

    @Test
    void aSavedFileIsOnTheDiskAndComesBackAfterAnotherBoot() throws Exception {
        byte[] disk = INSTALLED.clone();
        MemoryFile file = new MemoryFile(disk);
        byte[] content = boot(file).save(NOTES, CANARY);

        assertThat(new String(content, StandardCharsets.UTF_8)).contains("password = " + CANARY);
        assertThat(content).hasSizeGreaterThan(1024);
        requireSound(file.toByteArray());
        assertThat(debugfs(file.toByteArray(), "cat " + NOTES)).isEqualTo(content);
        assertThat(boot(file).read(NOTES)).isEqualTo(content);
    }

    @Test
    void aFileThatIsSavedAgainHasTheNewContent() throws Exception {
        MemoryFile file = new MemoryFile(INSTALLED);
        GuestSystem system = boot(file);
        system.save(NOTES, Canary.of(1, 2));
        byte[] content = system.save(NOTES, CANARY);

        assertThat(boot(file).read(NOTES)).isEqualTo(content);
        requireSound(file.toByteArray());
    }

    @Test
    void anErasedFilesBlocksAreZeroAndTheFileIsGone() throws Exception {
        MemoryFile file = new MemoryFile(INSTALLED);
        GuestSystem system = boot(file);
        system.save(NOTES, CANARY);
        String blocks = new String(
                debugfs(file.toByteArray(), "blocks " + NOTES), StandardCharsets.US_ASCII);
        system.erase(NOTES);

        byte[] disk = file.toByteArray();
        assertThat(blocks.trim().split(" ")).hasSizeGreaterThan(1).allSatisfy(block -> {
            int at = (int) root(disk).offset() + Integer.parseInt(block) * 1024;
            assertThat(Arrays.copyOfRange(disk, at, at + 1024)).containsOnly(0);
        });
        assertThat(new String(disk, StandardCharsets.ISO_8859_1)).doesNotContain(CANARY.value());
        requireSound(disk);
        assertThatThrownBy(() -> system.read(NOTES)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> boot(file).read(NOTES)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> system.erase(NOTES)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void aDiskWithoutABootSignatureFailsInTheFirmware() {
        byte[] disk = INSTALLED.clone();
        disk[510] = 0;

        bootFails(disk, "firmware: no bootable device");
        bootFails(new byte[SIZE], "firmware: no bootable device");
    }

    @Test
    void aDiskWhoseFirstSectorCannotBeReadFailsInTheFirmware() {
        bootFails(new Faulty(0, 512), "firmware: bad sector");
    }

    @Test
    void aDamagedPartitionTableFailsThere() {
        byte[] disk = INSTALLED.clone();
        Arrays.fill(disk, 512, 1024, (byte) 0);
        Arrays.fill(disk, SIZE - 512, SIZE, (byte) 0);

        bootFails(disk, "partitions: ");
    }

    @Test
    void aTableWithoutARootPartitionFailsThere() {
        byte[] disk = new byte[SIZE];
        disk[510] = 0x55;
        disk[511] = (byte) 0xaa;

        bootFails(disk, "partitions: ");
    }

    @Test
    void aPartitionTableThatCannotBeReadFailsThere() {
        bootFails(new Faulty(512, SIZE), "partitions: bad sector");
    }

    @Test
    void aDamagedSuperblockFailsInTheFileSystem() throws Exception {
        byte[] disk = INSTALLED.clone();
        disk[(int) root(disk).offset() + 1024 + 0x38] ^= 1;

        bootFails(disk, "file system: ");
    }

    @Test
    void aDamagedKernelFailsInTheKernel() throws Exception {
        bootFails(damaged(SystemFiles.KERNEL, 50_000), "kernel: the kernel does not unpack");
        bootFails(damaged(SystemFiles.KERNEL, 0x202), "kernel: the kernel file has no boot header");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/sbin/init",
                "/lib/libc.so.6",
                "/usr/sbin/maild",
                "/etc/hostname",
                "/etc/passwd"
            })
    void aDamagedEssentialFileIsNamed(String path) throws Exception {
        bootFails(damaged(path, 1), "essential files: %s is damaged".formatted(path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\n\n\n", "x\n", "  \n", "00  \n", "00  /\n", "00  ../../x\n", "00  \0\n"})
    void aDamagedListOfChecksumsFailsThere(String lines) throws Exception {
        byte[] disk = INSTALLED.clone();
        int at = find(disk, boot(disk.clone()).read(SystemFiles.CHECKSUMS));
        byte[] damage = lines.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(damage, 0, disk, at, damage.length);

        bootFails(disk, "essential files: ");
    }

    @Test
    void whateverIsDamagedNothingButABootFailureComesOfIt() {
        int rounds = System.getProperty("cofferdam.sweep") == null ? 150 : 20_000;
        SplittableRandom random = new SplittableRandom(77);
        assertTimeoutPreemptively(Duration.ofMinutes(rounds > 150 ? 30 : 2), () -> {
            for (int round = 0; round < rounds; round++) {
                byte[] disk = INSTALLED.clone();
                // Structures are at the beginning of the disk and of the file system's groups.
                int within = random.nextBoolean() ? 128 << 10 : SIZE;
                for (int change = random.nextInt(1, 6); change > 0; change--) {
                    disk[random.nextInt(within)] = (byte) random.nextInt(256);
                }
                bootOrFail(disk, round);
            }
        });
    }

    @SuppressWarnings("CatchingUnchecked")
    private static void bootOrFail(byte[] disk, int round) {
        try {
            GuestSystem system = boot(disk);
            system.save(NOTES, CANARY);
            system.erase(NOTES);
        } catch (BootFailure | IOException expected) {
            assertThat(expected).hasMessageNotContaining("null");
        } catch (RuntimeException e) {
            throw new AssertionError("seed 77, round %d".formatted(round), e);
        }
    }

    private static byte[] damaged(String path, int at) throws Exception {
        byte[] disk = INSTALLED.clone();
        byte[] content = boot(disk.clone()).read(path);
        byte[] part = Arrays.copyOfRange(content, at / 1024 * 1024, content.length);
        int there = find(disk, Arrays.copyOf(part, Math.min(part.length, 1024)));
        disk[there + at % 1024] ^= 1;
        return disk;
    }

    private static int find(byte[] disk, byte[] wanted) {
        String text = new String(disk, StandardCharsets.ISO_8859_1);
        int at = text.indexOf(new String(wanted, StandardCharsets.ISO_8859_1));
        assertThat(at).isPositive();
        return at;
    }

    private static void bootFails(byte[] disk, String message) {
        bootFails(RawDisk.open(new MemoryFile(disk)), message);
    }

    private static void bootFails(BlockDevice disk, String message) {
        assertThatThrownBy(() -> GuestSystem.boot(disk, () -> 1_000_000L))
                .isInstanceOf(BootFailure.class)
                .hasMessageStartingWith(message);
    }

    private static GuestSystem boot(byte[] disk) throws BootFailure {
        return boot(new MemoryFile(disk));
    }

    private static GuestSystem boot(MemoryFile disk) throws BootFailure {
        return GuestSystem.boot(RawDisk.open(disk), () -> 1_000_000L);
    }

    private static byte[] installed(int size) {
        MemoryFile file = new MemoryFile();
        try {
            GuestSystem.install(
                    RawDisk.create(file, size), "vm1", new SplittableRandom(5), () -> 1_000_000L);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return file.toByteArray();
    }

    private void requireSound(byte[] disk) throws Exception {
        Path image = Files.write(folder.resolve("disk.img"), disk);
        Tool.named("sfdisk").run("--verify", image.toString());
        Tool.named("e2fsck").run("-fn", partition(disk).toString());
    }

    private byte[] debugfs(byte[] disk, String command) throws Exception {
        return Tool.named("debugfs").output("-R", command, partition(disk).toString());
    }

    private Path partition(byte[] disk) throws Exception {
        Partition root = root(disk);
        return Files.write(
                folder.resolve("root.img"),
                Arrays.copyOfRange(disk, (int) root.offset(), (int) (root.offset() + root.size())));
    }

    private static Partition root(byte[] disk) throws IOException {
        return PartitionTable.read(ByteSource.of(disk)).partitions().getFirst();
    }

    /** An installed disk on which some bytes cannot be read. */
    private record Faulty(long from, long to) implements BlockDevice {

        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public void read(long offset, byte[] into, int start, int count) throws IOException {
            requireInside(offset, count);
            if (offset < to && offset + count > from) {
                throw new IOException("bad sector");
            }
            System.arraycopy(INSTALLED, (int) offset, into, start, count);
        }

        @Override
        public void write(long offset, byte[] bytes, int start, int count) throws IOException {
            throw new IOException("read-only");
        }

        @Override
        public void flush() {}
    }
}
