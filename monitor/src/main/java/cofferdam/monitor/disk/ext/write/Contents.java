package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ext.ExtProblem;
import cofferdam.monitor.disk.ext.Feature;
import cofferdam.monitor.disk.ext.FileBlocks;
import cofferdam.monitor.disk.ext.FileKind;
import cofferdam.monitor.disk.ext.Inode;
import cofferdam.monitor.disk.ext.Superblock;

import java.io.IOException;
import java.util.Arrays;

/** The bytes of files: reads them, and puts others in their place. */
final class Contents {

    /** The longest file in bytes: 64 MiB. */
    static final int LONGEST = 64 << 20;

    private static final int SECTOR = 512;

    private final Volume volume;
    private final Groups groups;
    private final FileBlocks maps;
    private final BlockMap map;

    Contents(Volume volume, Groups groups) {
        this.volume = volume;
        this.groups = groups;
        maps = new FileBlocks(volume.device(), volume.superblock());
        map = volume.superblock().has(Feature.EXTENTS) ? new Extents(volume) : new Pointers(volume);
    }

    /**
     * The blocks of a file or directory.
     *
     * @throws MalformedImageException if its map is damaged
     */
    BlockList blocks(Inode inode) throws IOException {
        if (inode.is(Inode.INLINE) || inode.is(Inode.ENCRYPTED)) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ, "content of inode %d".formatted(inode.number()));
        }
        BlockList blocks = new BlockList();
        if (!inode.isShortLink() && inode.kind().hasContent()) {
            maps.visit(inode, blocks);
        }
        return blocks;
    }

    byte[] read(Inode inode) throws IOException {
        if (inode.kind() != FileKind.REGULAR || inode.size() < 0) {
            throw new MalformedImageException(
                    ExtProblem.BAD_INODE, "inode %d is not a file".formatted(inode.number()));
        }
        if (inode.size() > LONGEST) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "file of %d bytes, the limit is %d".formatted(inode.size(), LONGEST));
        }
        BlockList blocks = blocks(inode);
        byte[] content = new byte[(int) inode.size()];
        int blockSize = volume.blockSize();
        for (int at = 0; at < content.length; at += blockSize) {
            long block = blocks.at(at / blockSize);
            if (block != 0) {
                int count = Math.min(blockSize, content.length - at);
                volume.device().read(block * blockSize, content, at, count);
            }
        }
        return content;
    }

    /** Puts the bytes in the place of as many that the file has, in the blocks that it has. */
    void overwrite(Inode inode, byte[] content) throws IOException {
        BlockList blocks = blocks(inode);
        int blockSize = volume.blockSize();
        for (int at = 0; at < content.length; at += blockSize) {
            long block = blocks.at(at / blockSize);
            if (block != 0) {
                int count = Math.min(blockSize, content.length - at);
                volume.device().write(block * blockSize, content, at, count);
            }
        }
    }

    /** Gives a new inode an empty map. */
    void initialise(InodeImage inode) {
        map.initialise(inode);
    }

    /** Makes the bytes the content of an inode that has no blocks, and writes the inode. */
    void write(InodeImage inode, byte[] content) throws IOException {
        int blockSize = volume.blockSize();
        long[] data = groups.allocate(Math.ceilDiv(content.length, blockSize), goal(inode));
        store(inode, data);
        inode.setSize(content.length);
        volume.writeInode(inode);
        for (int from = 0; from < data.length; ) {
            int to = from + 1;
            while (to < data.length && data[to] == data[to - 1] + 1) {
                to++;
            }
            // The last block's rest is filled with zeros, as the page cache does.
            byte[] run = Arrays.copyOfRange(content, from * blockSize, to * blockSize);
            volume.device().write(data[from] * blockSize, run);
            from = to;
        }
    }

    /** Gives an inode these blocks; the caller writes the inode. */
    private void store(InodeImage inode, long[] data) throws IOException {
        int count = map.indexBlocks(data);
        if (count > groups.freeBlocks()) {
            groups.free(data);
            throw Groups.noSpace();
        }
        long[] index = count == 0 ? new long[0] : groups.allocate(count, data[data.length - 1]);
        map.initialise(inode);
        map.store(inode, data, index);
        inode.setSectors(sectors(data.length + count));
    }

    private long sectors(long blocks) {
        return blocks * (volume.blockSize() / SECTOR);
    }

    private long goal(InodeImage inode) {
        Superblock superblock = volume.superblock();
        return superblock.firstBlock((inode.number() - 1) / superblock.inodesPerGroup());
    }

    /** Adds a block to a directory and gives it; the caller writes it and the inode. */
    long extend(InodeImage inode) throws IOException {
        BlockList old = blocks(inode.view());
        long[] data = Arrays.copyOf(old.data(), old.data().length + 1);
        if (groups.freeBlocks() + old.index().size() < 1 + map.indexBlocks(data)) {
            throw Groups.noSpace();
        }
        long before = data.length == 1 ? goal(inode) : data[data.length - 2];
        long added = groups.allocate(1, before)[0];
        data[data.length - 1] = added;
        long[] index = old.index().stream().mapToLong(Long::longValue).toArray();
        groups.free(index);
        store(inode, data);
        inode.setSize((long) data.length * volume.blockSize());
        return added;
    }

    /** Gives all blocks of an inode back; the map is as if empty. The caller writes the inode. */
    void truncate(InodeImage inode) throws IOException {
        groups.free(blocks(inode.view()).all());
        map.initialise(inode);
        inode.setSize(0);
        inode.setSectors(0);
    }

    /**
     * Gives all blocks of an inode that is being deleted back. Linux ext2 has written the inode for
     * the last time before, so its pointers and its size stay. The caller writes the inode.
     */
    void release(InodeImage inode) throws IOException {
        BlockList blocks = blocks(inode.view());
        groups.free(blocks.all());
        if (inode.view().is(Inode.EXTENTS)) {
            new Extents(volume).release(inode, blocks.index());
            inode.setSize(0);
            inode.setSectors(0);
        }
    }

    /** How many blocks would be free without this inode. */
    long freeWithout(Inode inode) throws IOException {
        return groups.freeBlocks() + blocks(inode).all().length;
    }
}
