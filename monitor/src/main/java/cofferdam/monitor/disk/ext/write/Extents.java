package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.ext.Checksum;
import cofferdam.monitor.disk.ext.Inode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The extents of ext4. Source: ext4 layout, <i>Extent Tree</i>.
 *
 * @param volume where blocks of the tree are written
 */
record Extents(Volume volume) implements BlockMap {

    private static final int MAGIC = 0xf30a;
    private static final int ENTRY = 12;
    private static final int IN_ROOT = 4;
    private static final int LONGEST = 32768;

    /** An extent, or with a length of 0 the index of a block of the tree. */
    private record Entry(long logical, long physical, int length) {}

    private int perBlock() {
        return (volume.blockSize() - ENTRY) / ENTRY;
    }

    @Override
    public void initialise(InodeImage inode) {
        inode.setFlag(Inode.EXTENTS);
        setRoot(inode, List.of(), 0);
    }

    private static void setRoot(InodeImage inode, List<Entry> entries, int depth) {
        ByteBuffer root = inode.map();
        root.put(new byte[Inode.MAP_SIZE]);
        fill(root, entries, IN_ROOT, depth);
    }

    @Override
    public int indexBlocks(long[] data) {
        int blocks = 0;
        int entries = runs(data).size();
        while (entries > IN_ROOT) {
            entries = Math.ceilDiv(entries, perBlock());
            blocks += entries;
        }
        return blocks;
    }

    private static List<Entry> runs(long[] data) {
        List<Entry> runs = new ArrayList<>();
        int start = 0;
        for (int end = 1; end <= data.length; end++) {
            boolean continues =
                    end < data.length && data[end] == data[end - 1] + 1 && end - start < LONGEST;
            if (!continues) {
                runs.add(new Entry(start, data[start], end - start));
                start = end;
            }
        }
        return runs;
    }

    @Override
    public void store(InodeImage inode, long[] data, long[] index) throws IOException {
        List<Entry> entries = runs(data);
        int used = 0;
        int depth = 0;
        while (entries.size() > IN_ROOT) {
            List<Entry> above = new ArrayList<>();
            for (int from = 0; from < entries.size(); from += perBlock()) {
                int to = Math.min(entries.size(), from + perBlock());
                long block = index[used++];
                writeNode(inode.view(), block, entries.subList(from, to), depth);
                above.add(new Entry(entries.get(from).logical(), block, 0));
            }
            entries = above;
            depth++;
        }
        setRoot(inode, entries, depth);
    }

    private void writeNode(Inode inode, long block, List<Entry> entries, int depth)
            throws IOException {
        ByteBuffer node = ByteBuffer.allocate(volume.blockSize()).order(ByteOrder.LITTLE_ENDIAN);
        fill(node, entries, perBlock(), depth);
        writeSealed(inode, block, node.array());
    }

    private void writeSealed(Inode inode, long block, byte[] node) throws IOException {
        int end = ENTRY + ENTRY * perBlock();
        if (volume.hasChecksums()) {
            int seed = inode.checksumSeed(volume.superblock());
            ByteBuffer.wrap(node)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(end, Checksum.of(seed, node, 0, end));
        }
        volume.writeBlock(block, node);
    }

    private static void fill(ByteBuffer node, List<Entry> entries, int room, int depth) {
        node.putShort(0, (short) MAGIC);
        node.putShort(2, (short) entries.size());
        node.putShort(4, (short) room);
        node.putShort(6, (short) depth);
        int at = ENTRY;
        for (Entry entry : entries) {
            node.putInt(at, (int) entry.logical());
            if (depth == 0) {
                node.putShort(at + 4, (short) entry.length());
                node.putShort(at + 6, (short) (entry.physical() >>> 32));
                node.putInt(at + 8, (int) entry.physical());
            } else {
                node.putInt(at + 4, (int) entry.physical());
                node.putShort(at + 8, (short) (entry.physical() >>> 32));
            }
            at += ENTRY;
        }
    }

    /**
     * Linux ext4 truncates before it gives the inode back: lengths and places of extents are
     * cleared, their logical numbers stay. The inode itself is not written.
     *
     * @param index the blocks of its tree
     */
    void release(InodeImage inode, List<Long> index) throws IOException {
        for (long block : index) {
            byte[] bytes = volume.readBlock(block);
            ByteBuffer node = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            empty(node);
            writeSealed(inode.view(), block, bytes);
        }
        ByteBuffer root = inode.map();
        empty(root);
        root.putShort(6, (short) 0);
    }

    private static void empty(ByteBuffer node) {
        int entries = Short.toUnsignedInt(node.getShort(2));
        boolean leaf = node.getShort(6) == 0;
        node.putShort(2, (short) 0);
        for (int entry = 1; leaf && entry <= entries; entry++) {
            node.putShort(entry * ENTRY + 4, (short) 0);
            node.putShort(entry * ENTRY + 6, (short) 0);
            node.putInt(entry * ENTRY + 8, 0);
        }
    }
}
