package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.util.Arrays;

/** Finds inodes. */
final class InodeTable {

    private static final int CHUNK = 1 << 16;

    private static final byte[] ZEROS = new byte[1 << 16];

    private final ByteSource partition;
    private final Superblock superblock;

    InodeTable(ByteSource partition, Superblock superblock) {
        this.partition = partition;
        this.superblock = superblock;
    }

    /** Told each inode of a group. */
    interface Visitor {

        /**
         * One inode.
         *
         * @param position where it lies in the file system, in bytes
         */
        void inode(Inode inode, long position) throws IOException;
    }

    /**
     * The inode of this number.
     *
     * @throws MalformedImageException if there can be no such inode
     */
    Inode read(long number) throws IOException {
        return new Inode(number, partition.read(position(number), superblock.inodeSize()));
    }

    /** Where an inode lies in the file system, in bytes. */
    long position(long number) throws IOException {
        if (number < 1 || number > superblock.inodes()) {
            throw new MalformedImageException(
                    ExtProblem.BAD_INODE, "inode %d of %d".formatted(number, superblock.inodes()));
        }
        long group = (number - 1) / superblock.inodesPerGroup();
        long index = (number - 1) % superblock.inodesPerGroup();
        GroupDescriptor descriptor = GroupDescriptor.read(partition, superblock, group);
        return start(descriptor) + index * superblock.inodeSize();
    }

    private long start(GroupDescriptor descriptor) throws MalformedImageException {
        if (descriptor.inodeTable() >= superblock.blocks()) {
            throw new MalformedImageException(
                    ExtProblem.BAD_DESCRIPTOR,
                    "inodes of group %d at block %d"
                            .formatted(descriptor.group(), descriptor.inodeTable()));
        }
        return descriptor.inodeTable() * superblock.blockSize();
    }

    /** Tells the inodes of a group in their order, but for those never used and those of zeros. */
    void scan(GroupDescriptor descriptor, Visitor visitor) throws IOException {
        if (descriptor.isChecksumRight() && descriptor.is(GroupDescriptor.INODES_UNINITIALISED)) {
            return;
        }
        int size = superblock.inodeSize();
        long unused = descriptor.isChecksumRight() ? descriptor.unusedInodes() : 0;
        long left = Math.max(0, superblock.inodesPerGroup() - unused) * size;
        long at = start(descriptor);
        long number = descriptor.group() * superblock.inodesPerGroup() + 1;
        while (left > 0) {
            byte[] chunk = partition.read(at, (int) Math.min(CHUNK, left));
            for (int offset = 0; offset < chunk.length; offset += size) {
                if (!isZero(chunk, offset, size)) {
                    byte[] bytes = Arrays.copyOfRange(chunk, offset, offset + size);
                    visitor.inode(new Inode(number, bytes), at + offset);
                }
                number++;
            }
            at += chunk.length;
            left -= chunk.length;
        }
    }

    private static boolean isZero(byte[] bytes, int start, int count) {
        return Arrays.mismatch(bytes, start, start + count, ZEROS, 0, count) < 0;
    }
}
