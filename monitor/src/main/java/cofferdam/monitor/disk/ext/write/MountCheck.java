package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ext.ExtProblem;
import cofferdam.monitor.disk.ext.Feature;
import cofferdam.monitor.disk.ext.FileKind;
import cofferdam.monitor.disk.ext.GroupDescriptor;
import cofferdam.monitor.disk.ext.Inode;
import cofferdam.monitor.disk.ext.Superblock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * What the Linux kernel checks before it mounts an ext file system for writing: features, size,
 * checksums of superblock and descriptors, places of bitmaps and inode tables, the root directory and
 * the journal.
 */
final class MountCheck {

    private static final Set<Feature> READABLE = Set.of(Feature.FILETYPE, Feature.EXTENTS);
    private static final Set<Feature> WRITABLE = Set.of(
            Feature.SPARSE_SUPER,
            Feature.LARGE_FILE,
            Feature.HUGE_FILE,
            Feature.DIR_NLINK,
            Feature.EXTRA_ISIZE,
            Feature.METADATA_CHECKSUM);
    private static final int JOURNAL_MAGIC = 0xc03b3998;

    private MountCheck() {}

    /** The superblock of a file system that may be mounted. */
    static Superblock requireMountable(BlockDevice device) throws IOException {
        Superblock superblock = Superblock.read(device);
        requireKnown(superblock, Feature.Word.INCOMPATIBLE, READABLE);
        requireKnown(superblock, Feature.Word.READ_ONLY_COMPATIBLE, WRITABLE);
        if (!superblock.isChecksumRight()) {
            throw new MalformedImageException(ExtProblem.BAD_CHECKSUM, "superblock");
        }
        if (superblock.blocks() > device.size() / superblock.blockSize()) {
            throw new MalformedImageException(
                    ExtProblem.BEYOND_DEVICE,
                    "%d blocks of %d bytes in a partition of %d bytes"
                            .formatted(superblock.blocks(), superblock.blockSize(), device.size()));
        }
        for (long group = 0; group < superblock.groups(); group++) {
            requireDescriptor(superblock, GroupDescriptor.read(device, superblock, group));
        }
        return superblock;
    }

    private static void requireKnown(Superblock superblock, Feature.Word word, Set<Feature> known)
            throws MalformedImageException {
        int unknown = superblock.flags(word) & ~Feature.bits(word, known);
        if (unknown != 0) {
            throw new MalformedImageException(
                    ExtProblem.UNSUPPORTED_FEATURE, "%s flags 0x%x".formatted(word, unknown));
        }
    }

    private static void requireDescriptor(Superblock superblock, GroupDescriptor descriptor)
            throws MalformedImageException {
        if (!descriptor.isChecksumRight()) {
            throw new MalformedImageException(
                    ExtProblem.BAD_CHECKSUM, "descriptor of group " + descriptor.group());
        }
        long first = superblock.firstBlock(descriptor.group());
        // The first group begins with the superblock.
        long free = descriptor.group() == 0 ? first + 1 : first;
        long end = first + superblock.blocksIn(descriptor.group());
        if (!isInside(descriptor.blockBitmap(), 1, free, end)
                || !isInside(descriptor.inodeBitmap(), 1, free, end)
                || !isInside(descriptor.inodeTable(), superblock.inodeTableBlocks(), free, end)) {
            throw new MalformedImageException(
                    ExtProblem.BAD_DESCRIPTOR,
                    "bitmaps and inodes of group %d are not in it".formatted(descriptor.group()));
        }
        if (descriptor.is(GroupDescriptor.BLOCKS_UNINITIALISED)
                || descriptor.is(GroupDescriptor.INODES_UNINITIALISED)) {
            throw new MalformedImageException(
                    ExtProblem.UNSUPPORTED_FEATURE,
                    "group %d was never written".formatted(descriptor.group()));
        }
    }

    private static boolean isInside(long block, long count, long first, long end) {
        return block >= first && block + count <= end;
    }

    /** Fails unless there is a root directory, and a journal where there has to be one. */
    static void requireFiles(Volume volume, Contents contents) throws IOException {
        Inode root = volume.readInode(Superblock.ROOT).view();
        if (root.kind() != FileKind.DIRECTORY || root.size() == 0 || root.links() == 0) {
            throw new MalformedImageException(ExtProblem.BAD_INODE, "no root directory");
        }
        if (volume.superblock().has(Feature.HAS_JOURNAL)) {
            requireJournal(volume, contents);
        }
    }

    private static void requireJournal(Volume volume, Contents contents) throws IOException {
        Inode journal = volume.readInode(volume.superblock().journalInode()).view();
        boolean isFile = journal.kind() == FileKind.REGULAR && journal.links() > 0;
        long first = isFile ? contents.blocks(journal).at(0) : 0;
        if (first == 0 || ByteBuffer.wrap(volume.readBlock(first)).getInt() != JOURNAL_MAGIC) {
            throw new MalformedImageException(ExtProblem.BAD_INODE, "no journal");
        }
    }
}
