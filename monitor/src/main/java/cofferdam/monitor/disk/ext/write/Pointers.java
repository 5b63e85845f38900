package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.ext.Inode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The block pointers of ext2. Source: ext4 layout, <i>Direct/Indirect Block Addressing</i>.
 *
 * @param volume where blocks of pointers are written
 */
record Pointers(Volume volume) implements BlockMap {

    private static final int DIRECT = 12;
    private static final int LEVELS = 3;

    private int perBlock() {
        return volume.blockSize() / 4;
    }

    @Override
    public void initialise(InodeImage inode) {
        inode.map().put(new byte[Inode.MAP_SIZE]);
    }

    @Override
    public int indexBlocks(long[] data) {
        int blocks = 0;
        long left = (long) data.length - DIRECT;
        long reach = 1;
        for (int level = 1; level <= LEVELS && left > 0; level++) {
            reach *= perBlock();
            long here = Math.min(left, reach);
            for (long below = perBlock(); below <= reach; below *= perBlock()) {
                blocks += (int) Math.ceilDiv(here, below);
            }
            left -= here;
        }
        return blocks;
    }

    @Override
    public void store(InodeImage inode, long[] data, long[] index) throws IOException {
        ByteBuffer root = inode.map();
        Source source = new Source(data, index);
        for (int at = 0; at < DIRECT; at++) {
            root.putInt(4 * at, (int) source.nextData());
        }
        for (int level = 1; level <= LEVELS; level++) {
            root.putInt(4 * (DIRECT + level - 1), (int) tree(source, level));
        }
    }

    private long tree(Source source, int level) throws IOException {
        if (!source.hasData()) {
            return 0;
        }
        if (level == 0) {
            return source.nextData();
        }
        long block = source.nextIndex();
        ByteBuffer pointers =
                ByteBuffer.allocate(volume.blockSize()).order(ByteOrder.LITTLE_ENDIAN);
        while (pointers.hasRemaining()) {
            pointers.putInt((int) tree(source, level - 1));
        }
        volume.writeBlock(block, pointers.array());
        return block;
    }

    /** Hands out blocks in order. */
    private static final class Source {

        private final long[] data;
        private final long[] index;
        private int usedData;
        private int usedIndex;

        Source(long[] data, long[] index) {
            this.data = data;
            this.index = index;
        }

        boolean hasData() {
            return usedData < data.length;
        }

        long nextData() {
            return hasData() ? data[usedData++] : 0;
        }

        long nextIndex() {
            return index[usedIndex++];
        }
    }
}
