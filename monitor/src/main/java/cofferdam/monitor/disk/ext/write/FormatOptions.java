package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.ext.Feature;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;

/**
 * How to make a file system. Equal options on partitions of equal size give equal bytes.
 *
 * @param type {@code ext2} or {@code ext4}
 * @param blockSize 1024, 2048 or 4096 bytes
 * @param blocksPerGroup a multiple of 8 from 256 to eight times the block size
 * @param bytesPerInode one inode is made for so many bytes of the partition: 1024 to 1 MiB
 * @param journal whether to make a journal of 1024 blocks; changes do not go through it
 * @param uuid the file system's UUID
 * @param hashSeed the seed of the hashes of indexed directories
 * @param seconds the time of making it, in seconds since 1970
 * @param label the volume's name, at most 16 bytes of UTF-8
 */
public record FormatOptions(
        Type type,
        int blockSize,
        int blocksPerGroup,
        int bytesPerInode,
        boolean journal,
        UUID uuid,
        UUID hashSeed,
        long seconds,
        String label) {

    /** Which file system. */
    public enum Type {
        /** Block pointers, inodes of 128 bytes, no checksums. */
        EXT2(128, Set.of(Feature.FILETYPE, Feature.SPARSE_SUPER, Feature.LARGE_FILE)),
        /** Extents, inodes of 256 bytes, checksums of all metadata. */
        EXT4(
                256,
                Set.of(
                        Feature.FILETYPE,
                        Feature.EXTENTS,
                        Feature.SPARSE_SUPER,
                        Feature.LARGE_FILE,
                        Feature.EXTRA_ISIZE,
                        Feature.METADATA_CHECKSUM));

        private final int inodeSize;

        @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
        private final Set<Feature> features;

        Type(int inodeSize, Set<Feature> features) {
            this.inodeSize = inodeSize;
            this.features = features;
        }

        int inodeSize() {
            return inodeSize;
        }

        Set<Feature> features() {
            return features;
        }
    }

    public FormatOptions {
        require(
                Integer.bitCount(blockSize) == 1 && blockSize >= 1024 && blockSize <= 4096,
                "block size",
                blockSize);
        require(
                blocksPerGroup % 8 == 0 && blocksPerGroup >= 256 && blocksPerGroup <= 8 * blockSize,
                "blocks per group",
                blocksPerGroup);
        require(
                bytesPerInode >= 1024 && bytesPerInode <= 1 << 20,
                "bytes per inode",
                bytesPerInode);
        int labelBytes = label.getBytes(StandardCharsets.UTF_8).length;
        require(labelBytes <= 16, "bytes of label", labelBytes);
        require(seconds >= 0 && seconds < 1L << 32, "seconds", seconds);
    }

    private static void require(boolean possible, String name, long value) {
        if (!possible) {
            throw new IllegalArgumentException("%s: %d is not possible".formatted(name, value));
        }
    }

    /** An ext2 with blocks of 1 KiB, groups as large as they can be and no label. */
    public static FormatOptions ext2(UUID uuid, UUID hashSeed, long seconds) {
        return new FormatOptions(Type.EXT2, 1024, 8192, 4096, false, uuid, hashSeed, seconds, "");
    }

    /** An ext4 with blocks of 4 KiB, groups as large as they can be, no journal and no label. */
    public static FormatOptions ext4(UUID uuid, UUID hashSeed, long seconds) {
        return new FormatOptions(Type.EXT4, 4096, 32768, 16384, false, uuid, hashSeed, seconds, "");
    }

    /** The same with another block size, and groups as large as they can be with it. */
    public FormatOptions withBlockSize(int bytes) {
        return new FormatOptions(
                type, bytes, 8 * bytes, bytesPerInode, journal, uuid, hashSeed, seconds, label);
    }

    /** The same with smaller groups. */
    public FormatOptions withBlocksPerGroup(int blocks) {
        return new FormatOptions(
                type, blockSize, blocks, bytesPerInode, journal, uuid, hashSeed, seconds, label);
    }

    /** The same with more or fewer inodes. */
    public FormatOptions withBytesPerInode(int bytes) {
        return new FormatOptions(
                type, blockSize, blocksPerGroup, bytes, journal, uuid, hashSeed, seconds, label);
    }

    /** The same with a journal. */
    public FormatOptions withJournal() {
        return new FormatOptions(
                type,
                blockSize,
                blocksPerGroup,
                bytesPerInode,
                true,
                uuid,
                hashSeed,
                seconds,
                label);
    }

    /** The same with a label. */
    public FormatOptions withLabel(String text) {
        return new FormatOptions(
                type,
                blockSize,
                blocksPerGroup,
                bytesPerInode,
                journal,
                uuid,
                hashSeed,
                seconds,
                text);
    }
}
