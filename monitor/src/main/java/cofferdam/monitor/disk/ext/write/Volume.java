package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ext.ExtProblem;
import cofferdam.monitor.disk.ext.Feature;
import cofferdam.monitor.disk.ext.GroupDescriptor;
import cofferdam.monitor.disk.ext.Inode;
import cofferdam.monitor.disk.ext.Superblock;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * The blocks and inodes of an opened file system. Only its geometry is remembered; all else is read
 * from the device each time.
 *
 * @param seconds the time, in seconds since 1970
 */
record Volume(BlockDevice device, Superblock superblock, LongSupplier seconds) {

    int blockSize() {
        return superblock.blockSize();
    }

    boolean hasChecksums() {
        return superblock.has(Feature.METADATA_CHECKSUM);
    }

    byte[] readBlock(long block) throws IOException {
        return device.read(block * blockSize(), blockSize());
    }

    void writeBlock(long block, byte[] bytes) throws IOException {
        device.write(block * blockSize(), bytes);
    }

    /**
     * The inode of this number.
     *
     * @throws MalformedImageException if there can be no such inode, or its checksum is wrong
     */
    InodeImage readInode(long number) throws IOException {
        byte[] bytes = device.read(positionOf(number), superblock.inodeSize());
        InodeImage image = new InodeImage(number, bytes);
        if (!image.view().isEmpty() && !image.view().isChecksumRight(superblock)) {
            throw new MalformedImageException(ExtProblem.BAD_CHECKSUM, "inode " + number);
        }
        return image;
    }

    void writeInode(InodeImage image) throws IOException {
        device.write(positionOf(image.number()), image.sealed(superblock));
    }

    private long positionOf(long number) throws IOException {
        if (number < 1 || number > superblock.inodes()) {
            throw new MalformedImageException(
                    ExtProblem.BAD_INODE, "inode %d of %d".formatted(number, superblock.inodes()));
        }
        long group = (number - 1) / superblock.inodesPerGroup();
        long index = (number - 1) % superblock.inodesPerGroup();
        long table = GroupDescriptor.read(device, superblock, group).inodeTable();
        return table * blockSize() + index * superblock.inodeSize();
    }

    /** Puts an inode's checksum into its bytes. */
    static void seal(Superblock superblock, Inode inode, ByteBuffer raw) {
        if (!superblock.has(Feature.METADATA_CHECKSUM)) {
            return;
        }
        int checksum = inode.checksum(superblock);
        raw.putShort(124, (short) checksum);
        if (inode.hasWideChecksum()) {
            raw.putShort(130, (short) (checksum >>> 16));
        }
    }
}
