package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.FileNames;
import cofferdam.monitor.disk.FileSystem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A FAT12, FAT16 or FAT32 file system. Names compare without regard to case, and a file goes by its long
 * and by its short name. Safe for use by several threads.
 *
 * <p>A walk tells the reserved sectors and the allocation tables as metadata without a path, directories
 * as metadata with theirs. A deleted file is taken to have been in one piece, and of it the clusters that
 * are free now are told; one without a long name has {@code _} for the lost first letter. Of a file whose
 * entry in the allocation table is lost, the same is told.
 */
public final class FatFileSystem implements FileSystem {

    private static final int SIGNATURE_OFFSET = 510;
    private static final int EXFAT_NAME_OFFSET = 3;
    private static final byte[] EXFAT_NAME = "EXFAT   ".getBytes(StandardCharsets.US_ASCII);

    private final ByteSource source;
    private final BootSector boot;
    private final List<Problem> problems;

    private FatFileSystem(ByteSource source, BootSector boot, List<Problem> problems) {
        this.source = source;
        this.boot = boot;
        this.problems = problems;
    }

    /**
     * Whether a partition begins with the boot sector of FAT12, FAT16 or FAT32.
     *
     * @throws IOException only if the partition cannot be read
     */
    public static boolean recognises(ByteSource partition) throws IOException {
        if (partition.size() < BootSector.SIZE) {
            return false;
        }
        byte[] sector = partition.read(0, BootSector.SIZE);
        boolean jumps = (sector[0] & 0xff) == 0xeb || (sector[0] & 0xff) == 0xe9;
        boolean signed =
                sector[SIGNATURE_OFFSET] == 0x55 && (sector[SIGNATURE_OFFSET + 1] & 0xff) == 0xaa;
        if (!jumps && !signed) {
            return false;
        }
        try {
            BootSector.parse(sector);
            return true;
        } catch (MalformedImageException e) {
            return false;
        }
    }

    /**
     * Whether a partition has exFAT, which is another format and is not read.
     *
     * @throws IOException only if the partition cannot be read
     */
    public static boolean isExFat(ByteSource partition) throws IOException {
        if (partition.size() < BootSector.SIZE) {
            return false;
        }
        return Arrays.equals(partition.read(EXFAT_NAME_OFFSET, EXFAT_NAME.length), EXFAT_NAME);
    }

    /**
     * Opens the file system of a partition.
     *
     * @throws MalformedImageException if its boot sector makes no sense; as {@link
     *     CommonProblem#NOT_READ} for exFAT
     * @throws IOException if the partition cannot be read
     */
    public static FatFileSystem open(ByteSource partition) throws IOException {
        byte[] sector = partition.read(0, BootSector.SIZE);
        if (isExFat(partition)) {
            throw new MalformedImageException(CommonProblem.NOT_READ, "the file system is exFAT");
        }
        BootSector boot = BootSector.parse(sector);
        ProblemLog log = new ProblemLog();
        if (boot.size() > partition.size()) {
            log.report(
                    CommonProblem.TRUNCATED,
                    () -> "the file system has %d bytes, its partition %d"
                            .formatted(boot.size(), partition.size()));
        }
        if (boot.isDisputed()) {
            log.report(
                    FatProblem.TYPE_DISPUTED,
                    () -> "it has %d clusters".formatted(boot.clusters()));
        }
        if (boot.countedClusters() < boot.clusters()) {
            log.report(
                    FatProblem.FAT_TOO_SMALL,
                    () -> "it has entries for %d of %d clusters"
                            .formatted(boot.countedClusters(), boot.clusters()));
        }
        reportBackup(partition, boot, sector, log);
        return new FatFileSystem(partition, boot, log.problems());
    }

    private static void reportBackup(
            ByteSource partition, BootSector boot, byte[] sector, ProblemLog log)
            throws IOException {
        long offset = (long) boot.backupSector() * boot.bytesPerSector();
        if (boot.backupSector() == 0
                || boot.backupSector() >= boot.reservedSectors()
                || offset > partition.size() - BootSector.SIZE) {
            return;
        }
        byte[] backup = partition.read(offset, BootSector.PARAMETERS_END);
        int at = Arrays.mismatch(Arrays.copyOf(sector, BootSector.PARAMETERS_END), backup);
        if (at >= 0) {
            log.report(FatProblem.BACKUP_DIFFERS, () -> "at byte %d".formatted(at));
        }
    }

    @Override
    public String type() {
        return "vfat";
    }

    /** Which form of FAT it is. */
    public FatVariant variant() {
        return boot.variant();
    }

    /** The size of a cluster in bytes: 512 to 524288. */
    public int clusterSize() {
        return boot.clusterSize();
    }

    /**
     * The volume's label, made safe to show: from the root directory, else from the boot sector; empty
     * for none.
     */
    public String label() throws IOException {
        String label = new FatLookup(source, boot).label();
        return FileNames.of(label == null ? boot.label() : label);
    }

    @Override
    public long size() {
        return boot.size();
    }

    @Override
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public List<Problem> walk(Consumer<FileExtent> visitor) throws IOException {
        return new FatWalk(source, boot, visitor).run();
    }

    @Override
    public Optional<ByteSource> file(String path) throws IOException {
        List<String> names =
                Arrays.stream(path.split("/")).filter(name -> !name.isEmpty()).toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(new FatLookup(source, boot).file(names));
    }
}
