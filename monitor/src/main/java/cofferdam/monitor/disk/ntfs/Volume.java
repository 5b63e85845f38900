package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;

/**
 * A volume whose boot sector is known.
 *
 * @param source the partition
 * @param backupAt where the backup boot sector lies, in bytes; -1 if there is none
 */
record Volume(ByteSource source, BootSector boot, long backupAt) {

    private static final int[] SECTOR_SIZES = {512, 1024, 2048, 4096};

    /** Whether the boot sector or its backup claims to be one of NTFS. */
    static boolean recognises(ByteSource source) throws IOException {
        return BootSector.isOne(sector(source, 0)) || findBackup(source) >= 0;
    }

    /**
     * Reads the boot sector, and its backup where the first cannot be used.
     *
     * @throws MalformedImageException if neither can be used, with what is wrong with the first
     */
    static Volume open(ByteSource source, ProblemLog problems) throws IOException {
        BootSector primary;
        try {
            primary = BootSector.parse(sector(source, 0));
        } catch (MalformedImageException e) {
            return openByBackup(source, e, problems);
        }
        long backupAt = primary.bytes();
        byte[] backup = sector(source, backupAt);
        if (!BootSector.isOne(backup)) {
            problems.add(NtfsProblem.BOOT_BACKUP_MISSING, "no boot sector at byte " + backupAt);
            return new Volume(source, primary, -1);
        }
        compare(primary, backup, problems);
        return new Volume(source, primary, backupAt);
    }

    private static Volume openByBackup(
            ByteSource source, MalformedImageException cause, ProblemLog problems)
            throws IOException {
        long backupAt = findBackup(source);
        if (backupAt < 0) {
            throw cause;
        }
        BootSector boot;
        try {
            boot = BootSector.parse(sector(source, backupAt));
        } catch (MalformedImageException backupToo) {
            cause.addSuppressed(backupToo);
            throw cause;
        }
        problems.add(NtfsProblem.BAD_BOOT_SECTOR, cause.problem().detail());
        return new Volume(source, boot, backupAt);
    }

    private static void compare(BootSector primary, byte[] backup, ProblemLog problems) {
        try {
            BootSector other = BootSector.parse(backup);
            if (!other.equals(primary)) {
                problems.add(
                        NtfsProblem.BOOT_BACKUP_DIFFERS, "%s and %s".formatted(primary, other));
            }
        } catch (MalformedImageException e) {
            problems.add(NtfsProblem.BOOT_BACKUP_DIFFERS, e.problem().detail());
        }
    }

    /** Where the partition's last sector is a boot sector, for any sector size; else -1. */
    private static long findBackup(ByteSource source) throws IOException {
        for (int size : SECTOR_SIZES) {
            long at = source.size() / size * size - size;
            if (at > 0 && BootSector.isOne(sector(source, at))) {
                return at;
            }
        }
        return -1;
    }

    /** The sector there; empty if there is none. */
    private static byte[] sector(ByteSource source, long at) throws IOException {
        return at < 0 || at > source.size() - BootSector.SIZE
                ? new byte[0]
                : source.read(at, BootSector.SIZE);
    }

    int clusterSize() {
        return boot.clusterSize();
    }

    /** Where a cluster of the volume begins, in bytes. */
    long offset(long cluster) {
        return cluster * boot.clusterSize();
    }

    /** The first cluster number of a file whose byte offset would not fit a long. */
    long maxFileCluster() {
        return Long.MAX_VALUE / 2 / boot.clusterSize();
    }
}
