package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.MalformedImageException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The parameters of a FAT file system, from its first 512 bytes (FATGEN, "Boot Sector and BPB"). After
 * the reserved sectors come the copies of the allocation table, the root directory of FAT12 and FAT16,
 * and the clusters, which are numbered from 2.
 *
 * @param bytesPerSector 512, 1024, 2048 or 4096
 * @param sectorsPerCluster a power of two up to 128
 * @param rootEntries entries of the fixed root directory; 0 for FAT32
 * @param rootCluster where FAT32's root directory begins; 0 for the others
 * @param mirrored whether all copies of the table are kept alike
 * @param activeCopy the copy of the table that counts, from 0
 * @param backupSector where the backup of the boot sector is; 0 for none
 * @param label the volume's label, which programs keep here too
 */
record BootSector(
        int bytesPerSector,
        int sectorsPerCluster,
        int reservedSectors,
        int copies,
        int rootEntries,
        long totalSectors,
        long sectorsPerCopy,
        int rootCluster,
        boolean mirrored,
        int activeCopy,
        int backupSector,
        String label,
        FatVariant variant) {

    static final int SIZE = 512;

    /** Up to where the boot sectors of FAT32 and their backups are alike: behind come programs. */
    static final int PARAMETERS_END = 90;

    static final int FIRST_CLUSTER = 2;

    private static final int ENTRY_SIZE = 32;
    private static final int MAXIMUM_CLUSTERS = 0x0ffffff5;
    private static final int EXTENDED_SIGNATURE = 0x29;

    static BootSector parse(byte[] bytes) throws MalformedImageException {
        ByteBuffer sector = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int bytesPerSector = u16(sector, 11);
        require(
                bytesPerSector >= 512
                        && bytesPerSector <= 4096
                        && Integer.bitCount(bytesPerSector) == 1,
                () -> "it has sectors of %d bytes".formatted(bytesPerSector));
        int sectorsPerCluster = sector.get(13) & 0xff;
        require(
                Integer.bitCount(sectorsPerCluster) == 1,
                () -> "it has clusters of %d sectors".formatted(sectorsPerCluster));
        int media = sector.get(21) & 0xff;
        require(media == 0xf0 || media >= 0xf8, () -> "its media byte is %d".formatted(media));
        int reserved = u16(sector, 14);
        int copies = sector.get(16) & 0xff;
        require(
                reserved > 0 && copies > 0,
                () -> "it has %d sectors in front of %d tables".formatted(reserved, copies));
        long total = u16(sector, 19) != 0 ? u16(sector, 19) : u32(sector, 32);
        boolean wide = u16(sector, 22) == 0;
        long perCopy = wide ? u32(sector, 36) : u16(sector, 22);
        require(perCopy > 0, () -> "its tables have %d sectors".formatted(perCopy));
        int rootEntries = u16(sector, 17);
        require(
                wide == (rootEntries == 0),
                () -> "its root directory has %d entries".formatted(rootEntries));
        long data = reserved
                + copies * perCopy
                + ((long) rootEntries * ENTRY_SIZE + bytesPerSector - 1) / bytesPerSector;
        long clusters = (total - data) / sectorsPerCluster;
        require(
                total > data && clusters > 0 && clusters <= MAXIMUM_CLUSTERS,
                () -> "%d of its %d sectors come before the first cluster".formatted(data, total));
        require(
                wide || clusters < FatVariant.FAT32_FROM,
                () -> "%d clusters are too many for its layout".formatted(clusters));
        int flags = wide ? u16(sector, 40) : 0;
        boolean mirrored = (flags & 0x80) == 0;
        int active = mirrored ? 0 : flags & 0xf;
        require(active < copies, () -> "table %d of %d counts".formatted(active, copies));
        int root = wide ? sector.getInt(44) & FatVariant.FAT32.mask() : 0;
        return new BootSector(
                bytesPerSector,
                sectorsPerCluster,
                reserved,
                copies,
                rootEntries,
                total,
                perCopy,
                root,
                mirrored,
                active,
                wide ? u16(sector, 50) : 0,
                label(bytes, wide ? 66 : 38),
                wide ? FatVariant.FAT32 : FatVariant.of(clusters));
    }

    private static String label(byte[] bytes, int signature) {
        if ((bytes[signature] & 0xff) != EXTENDED_SIGNATURE) {
            return "";
        }
        String label = new String(bytes, signature + 5, 11, StandardCharsets.ISO_8859_1).strip();
        return label.equals("NO NAME") ? "" : label;
    }

    long size() {
        return totalSectors * bytesPerSector;
    }

    int clusterSize() {
        return sectorsPerCluster * bytesPerSector;
    }

    /** Where a copy of the allocation table begins, in bytes. */
    long copyOffset(int copy) {
        return (reservedSectors + copy * sectorsPerCopy) * bytesPerSector;
    }

    long copyLength() {
        return sectorsPerCopy * bytesPerSector;
    }

    /** Where FAT12's and FAT16's root directory begins, in bytes. */
    long rootOffset() {
        return copyOffset(copies);
    }

    int rootLength() {
        return rootEntries * ENTRY_SIZE;
    }

    /** Where the first cluster begins, in bytes. */
    long dataOffset() {
        long root = ((long) rootLength() + bytesPerSector - 1) / bytesPerSector;
        return rootOffset() + root * bytesPerSector;
    }

    /** How many clusters there are by the size of the volume. */
    int clusters() {
        return (int) ((totalSectors - dataOffset() / bytesPerSector) / sectorsPerCluster);
    }

    /** How many of them the allocation table has entries for. */
    int countedClusters() {
        long entries = copyLength() * Byte.SIZE / variant.bits();
        return Math.clamp(entries - FIRST_CLUSTER, 0, clusters());
    }

    boolean hasCluster(int cluster) {
        return cluster >= FIRST_CLUSTER && cluster - FIRST_CLUSTER < countedClusters();
    }

    /** Where a cluster begins, in bytes. */
    long clusterOffset(int cluster) {
        return dataOffset() + (long) (cluster - FIRST_CLUSTER) * clusterSize();
    }

    /** Whether the layout is FAT32's though the number of clusters says otherwise. */
    boolean isDisputed() {
        return variant != FatVariant.of(clusters());
    }

    private static int u16(ByteBuffer sector, int at) {
        return sector.getShort(at) & 0xffff;
    }

    private static long u32(ByteBuffer sector, int at) {
        return Integer.toUnsignedLong(sector.getInt(at));
    }

    private static void require(boolean holds, Supplier<String> detail)
            throws MalformedImageException {
        if (!holds) {
            throw new MalformedImageException(FatProblem.BOOT_SECTOR, detail.get());
        }
    }
}
