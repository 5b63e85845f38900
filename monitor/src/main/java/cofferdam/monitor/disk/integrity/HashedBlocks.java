package cofferdam.monitor.disk.integrity;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.Arrays;

/** Plain blocks, each of whose entry in the tree is its SHA-256 hash. */
final class HashedBlocks implements BlockStore {

    private static final int BLOCK = HashTree.NODE;

    private final BlockDevice inner;
    private final HashTree tree;
    private final MessageDigest sha256 = HashTree.sha256();

    HashedBlocks(BlockDevice inner, HashTree tree) {
        this.inner = inner;
        this.tree = tree;
    }

    @Override
    public long blocks() {
        return tree.layout().blocks();
    }

    @Override
    public void load(long block, int count, byte[] into, int start) throws IOException {
        byte[] node = tree.leaves(block / HashTree.ARITY);
        inner.read(block * BLOCK, into, start, count * BLOCK);
        for (int i = 0; i < count; i++) {
            byte[] hash = hash(into, start + i * BLOCK);
            if (!isEntry(node, block + i, hash)) {
                throw new IntegrityException(range(block + i, 1));
            }
        }
    }

    @Override
    public void store(long block, int count, byte[] from, int start) throws IOException {
        byte[] entries = new byte[count * HashTree.ENTRY];
        for (int i = 0; i < count; i++) {
            byte[] hash = hash(from, start + i * BLOCK);
            System.arraycopy(hash, 0, entries, i * HashTree.ENTRY, HashTree.ENTRY);
        }
        inner.write(block * BLOCK, from, start, count * BLOCK);
        tree.write(block, entries);
    }

    /** Makes the tree from what the inner disk has. */
    void build() throws IOException {
        byte[] some = new byte[HashTree.ARITY * BLOCK];
        for (long block = 0; block < blocks(); block += HashTree.ARITY) {
            int count = (int) Math.min(HashTree.ARITY, blocks() - block);
            inner.read(block * BLOCK, some, 0, count * BLOCK);
            byte[] entries = new byte[count * HashTree.ENTRY];
            for (int i = 0; i < count; i++) {
                byte[] hash = hash(some, i * BLOCK);
                System.arraycopy(hash, 0, entries, i * HashTree.ENTRY, HashTree.ENTRY);
            }
            tree.write(block, entries);
        }
    }

    /** Compares everything below the topmost node with it. */
    void verify(Damage damage) throws IOException {
        verify(tree.layout().top(), 0, tree.top(), damage);
    }

    private void verify(int level, long index, byte[] node, Damage damage) throws IOException {
        int entries = tree.layout().entries(level, index);
        for (int i = 0; i < entries; i++) {
            long below = index * HashTree.ARITY + i;
            if (level == 0) {
                if (!isEntry(node, below, hash(inner.read(below * BLOCK, BLOCK), 0))) {
                    damage.add(range(below, 1));
                }
                continue;
            }
            byte[] child = tree.stored(level - 1, below, node);
            if (child != null) {
                verify(level - 1, below, child, damage);
                continue;
            }
            damage.add(tree.range(level - 1, below));
            // The data may still be right, and if not, this tells at least where it begins.
            if (!isEntry(node, below, tree.hash(level - 1, below, made(level - 1, below)))) {
                long first = below * TreeLayout.span(level - 1);
                damage.add(range(first, Math.min(TreeLayout.span(level - 1), blocks() - first)));
            }
        }
    }

    /** The node as it must be if the data below it is right. */
    private byte[] made(int level, long index) throws IOException {
        byte[] node = new byte[HashTree.NODE];
        int entries = tree.layout().entries(level, index);
        for (int i = 0; i < entries; i++) {
            long below = index * HashTree.ARITY + i;
            byte[] hash = level == 0
                    ? hash(inner.read(below * BLOCK, BLOCK), 0)
                    : tree.hash(level - 1, below, made(level - 1, below));
            System.arraycopy(hash, 0, node, i * HashTree.ENTRY, HashTree.ENTRY);
        }
        return node;
    }

    private byte[] hash(byte[] bytes, int start) {
        sha256.update(bytes, start, BLOCK);
        return sha256.digest();
    }

    private static boolean isEntry(byte[] node, long index, byte[] hash) {
        int at = (int) (index % HashTree.ARITY) * HashTree.ENTRY;
        return Arrays.equals(node, at, at + HashTree.ENTRY, hash, 0, HashTree.ENTRY);
    }

    private static DamagedRange range(long block, long count) {
        return new DamagedRange(DamagedRange.Part.DATA, block * BLOCK, count * BLOCK);
    }
}
