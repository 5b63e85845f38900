package cofferdam.monitor.guest.system;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.ext.write.ExtVolume;
import cofferdam.monitor.disk.ext.write.FormatOptions;
import cofferdam.monitor.disk.partition.GptWriter;
import cofferdam.monitor.disk.partition.NewPartition;
import cofferdam.monitor.disk.partition.Partition;
import cofferdam.monitor.disk.partition.PartitionTable;
import cofferdam.monitor.disk.partition.PartitionType;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Sha256;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A guest's operating system that has come up from its disk. It keeps nothing in memory: every file
 * is read from, and written to, the disk that it was given.
 */
public final class GuestSystem {

    private static final int SECTOR = BlockDevice.SECTOR;
    private static final int BOOT_SIGNATURE_AT = 510;
    private static final int BLOCK_SIZE = 1024;

    /** Smaller groups than usual spread the file system's structures over the whole disk. */
    private static final int BLOCKS_PER_GROUP = 1024;

    /** How many lines follow the secret in a saved file: they make it longer than a block. */
    public static final int NOTE_LINES = 40;

    /** Such a line, for {@code printf} with its number. */
    public static final String NOTE_LINE =
            "note %02d = kept in a file of the guest as any program keeps it";

    /** Lines of a SHA-256 in hexadecimal digits, two spaces, and a path, of the system's own files. */
    public static final String CHECKSUMS = SystemFiles.CHECKSUMS;

    /** The name of the partition with the system on it. */
    public static final String PARTITION = "root";

    /** Partitions begin at multiples of this, in bytes. */
    private static final int ALIGNMENT = 32 << 10;

    private final BlockDevice disk;
    private final ExtVolume volume;

    private GuestSystem(BlockDevice disk, ExtVolume volume) {
        this.disk = disk;
        this.volume = volume;
    }

    /**
     * Installs a system on an empty disk: a GPT with one partition, ext4 on it, a kernel and
     * essential files.
     *
     * @param machine the name that the system gets
     * @param seconds the guest's clock, in seconds since 1970
     * @throws IOException if the disk refuses
     */
    public static void install(
            BlockDevice disk, String machine, RandomGenerator random, LongSupplier seconds)
            throws IOException {
        long start = roundUp(GptWriter.RESERVED_AT_START);
        long room = disk.size() - GptWriter.RESERVED_AT_END - start;
        long size = room / ALIGNMENT * ALIGNMENT;
        GptWriter.write(
                disk,
                List.of(new NewPartition(PartitionType.LINUX, start, size, PARTITION)),
                random);
        BlockDevice partition = new PartitionDevice(disk, start, size);
        ExtVolume.format(
                partition,
                FormatOptions.ext4(uuid(random), uuid(random), seconds.getAsLong())
                        .withBlockSize(BLOCK_SIZE)
                        .withBlocksPerGroup(BLOCKS_PER_GROUP));
        ExtVolume volume = ExtVolume.open(partition, seconds);
        for (Map.Entry<String, byte[]> file :
                SystemFiles.of(size, machine, random).entrySet()) {
            write(volume, file.getKey(), file.getValue());
        }
        disk.flush();
    }

    /**
     * Boots from a disk as a computer does: firmware, partition table, file system, kernel, and the
     * checksums of the essential files.
     *
     * @param seconds the guest's clock, in seconds since 1970
     * @throws BootFailure if it does not come up
     */
    public static GuestSystem boot(BlockDevice disk, LongSupplier seconds) throws BootFailure {
        requireBootSector(disk);
        ExtVolume volume = mount(disk, seconds);
        try {
            KernelImage.load(volume.read(SystemFiles.KERNEL));
        } catch (IOException e) {
            throw new BootFailure(BootFailure.Stage.KERNEL, String.valueOf(e.getMessage()));
        }
        requireEssentialFiles(volume);
        return new GuestSystem(disk, volume);
    }

    /**
     * Saves a text with a secret in it, and writes it through to the disk.
     *
     * @return the file's content
     * @throws AccessDeniedException if the file is the system's own: a machine that ruins its own
     *     system would not come up, as if somebody had changed its image
     * @throws IOException if the file system or the disk refuses
     */
    public byte[] save(String path, Canary canary) throws IOException {
        requireUsersOwn(path);
        byte[] content = note(canary);
        write(volume, path, content);
        disk.flush();
        return content;
    }

    /**
     * Reads a file.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if the file system or the disk reports an error
     */
    public byte[] read(String path) throws IOException {
        return volume.read(path);
    }

    /**
     * Overwrites a file with zeros where it lies, and deletes it.
     *
     * @throws AccessDeniedException if the file is the system's own
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if the file system or the disk reports an error
     */
    public void erase(String path) throws IOException {
        requireUsersOwn(path);
        volume.overwrite(path, new byte[volume.read(path).length]);
        disk.flush();
        volume.delete(path);
        disk.flush();
    }

    /**
     * Deletes a file, the system's own or not.
     *
     * @throws java.nio.file.NoSuchFileException if there is none
     * @throws IOException if the file system or the disk reports an error
     */
    public void remove(String path) throws IOException {
        volume.delete(path);
        disk.flush();
    }

    /** What a user's file with a secret in it consists of. */
    public static byte[] note(Canary canary) {
        StringBuilder text = new StringBuilder("user = alice\npassword = %s\n".formatted(canary));
        for (int line = 1; line <= NOTE_LINES; line++) {
            text.append((NOTE_LINE + "\n").formatted(line));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a file belongs to an installed system, and not to its users. */
    public static boolean owns(String path) {
        return SystemFiles.contains(path);
    }

    private static void requireUsersOwn(String path) throws AccessDeniedException {
        if (owns(path)) {
            throw new AccessDeniedException(path, null, "belongs to the system");
        }
    }

    private static void requireBootSector(BlockDevice disk) throws BootFailure {
        byte[] sector;
        try {
            sector = disk.read(0, SECTOR);
        } catch (IOException e) {
            throw new BootFailure(BootFailure.Stage.FIRMWARE, String.valueOf(e.getMessage()));
        }
        if ((sector[BOOT_SIGNATURE_AT] & 0xff) != 0x55
                || (sector[BOOT_SIGNATURE_AT + 1] & 0xff) != 0xaa) {
            throw new BootFailure(BootFailure.Stage.FIRMWARE, "no bootable device");
        }
    }

    private static ExtVolume mount(BlockDevice disk, LongSupplier seconds) throws BootFailure {
        Partition root;
        try {
            root = PartitionTable.read((ByteSource) disk).partitions().stream()
                    .filter(partition -> partition.name().equals(PARTITION))
                    .findFirst()
                    .orElseThrow(() -> new BootFailure(
                            BootFailure.Stage.PARTITIONS, "there is no root partition"));
        } catch (IOException e) {
            throw new BootFailure(BootFailure.Stage.PARTITIONS, String.valueOf(e.getMessage()));
        }
        try {
            return ExtVolume.open(new PartitionDevice(disk, root.offset(), root.size()), seconds);
        } catch (IOException e) {
            throw new BootFailure(BootFailure.Stage.FILE_SYSTEM, String.valueOf(e.getMessage()));
        }
    }

    private static void requireEssentialFiles(ExtVolume volume) throws BootFailure {
        try {
            String checksums =
                    new String(volume.read(SystemFiles.CHECKSUMS), StandardCharsets.UTF_8);
            List<String> lines = checksums.lines().toList();
            if (lines.isEmpty()) {
                throw new BootFailure(
                        BootFailure.Stage.ESSENTIAL_FILES, "the list of checksums is empty");
            }
            for (String line : lines) {
                int space = line.indexOf("  ");
                if (space < 0) {
                    throw new BootFailure(
                            BootFailure.Stage.ESSENTIAL_FILES, "the list of checksums is damaged");
                }
                String path = line.substring(space + 2);
                if (!Sha256.of(volume.read(path)).equals(line.substring(0, space))) {
                    throw new BootFailure(
                            BootFailure.Stage.ESSENTIAL_FILES, "%s is damaged".formatted(path));
                }
            }
        } catch (IOException e) {
            throw new BootFailure(
                    BootFailure.Stage.ESSENTIAL_FILES, String.valueOf(e.getMessage()));
        }
    }

    private static void write(ExtVolume volume, String path, byte[] content) throws IOException {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash);
            if (!volume.exists(folder)) {
                volume.createDirectory(folder);
            }
        }
        volume.write(path, content);
    }

    private static long roundUp(long offset) {
        return Math.ceilDiv(offset, ALIGNMENT) * ALIGNMENT;
    }

    private static UUID uuid(RandomGenerator random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
