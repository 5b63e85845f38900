package cofferdam.monitor.disk.integrity;

import cofferdam.monitor.disk.BlockDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * A Merkle tree of entries of 32 bytes, 128 in a node of 4 KiB, behind the data that it covers; its
 * topmost node is kept by whoever is trusted. An entry of a higher level is the SHA-256 hash of
 * level, index and content of the node below, or all zeros where that node was never written and
 * all its entries are zeros, so that a new tree need not be written at all. An entry's change
 * writes the nodes on its path and no others.
 */
final class HashTree {

    static final int NODE = 4096;
    static final int ENTRY = 32;
    static final int ARITY = NODE / ENTRY;

    /** How many nodes are kept in memory once they are found to be right: 1 MiB. */
    private static final int CACHED = 256;

    private static final byte[] UNTOUCHED = new byte[ENTRY];

    private final BlockDevice inner;
    private final TreeLayout layout;
    private final byte[] top;
    private final MessageDigest sha256 = sha256();
    private final LinkedHashMap<Long, byte[]> cache = new LinkedHashMap<>(CACHED, 0.75f, true);

    /** @param top the topmost node, changed as entries change */
    HashTree(BlockDevice inner, TreeLayout layout, byte[] top) {
        this.inner = inner;
        this.layout = layout;
        this.top = top;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not there", e);
        }
    }

    TreeLayout layout() {
        return layout;
    }

    byte[] top() {
        return top;
    }

    /**
     * The node with the entries of blocks {@code index * 128} and on; not to be changed.
     *
     * @throws IntegrityException if a node on the way to it is damaged
     */
    byte[] leaves(long index) throws IOException {
        return node(0, index);
    }

    /**
     * Changes entries of one node of level 0.
     *
     * @param block the first entry's
     * @param entries of 32 bytes each
     * @throws IntegrityException if a node on the way is damaged
     */
    void write(long block, byte[] entries) throws IOException {
        long index = block / ARITY;
        byte[] node = node(0, index).clone();
        System.arraycopy(entries, 0, node, (int) (block % ARITY) * ENTRY, entries.length);
        for (int level = 0; level < layout.top(); level++) {
            byte[] parent = node(level + 1, index / ARITY).clone();
            inner.write(layout.offset(level, index), node);
            keep(level, index, node);
            byte[] hash = hash(level, index, node);
            System.arraycopy(hash, 0, parent, (int) (index % ARITY) * ENTRY, ENTRY);
            node = parent;
            index /= ARITY;
        }
        System.arraycopy(node, 0, top, 0, NODE);
    }

    private byte[] node(int level, long index) throws IOException {
        if (level == layout.top()) {
            return top;
        }
        byte[] cached = cache.get(key(level, index));
        if (cached != null) {
            return cached;
        }
        byte[] parent = node(level + 1, index / ARITY);
        byte[] node = stored(level, index, parent);
        if (node == null) {
            throw new IntegrityException(range(level, index));
        }
        keep(level, index, node);
        return node;
    }

    /** A node as the inner disk has it; null where its parent, which is trusted, says otherwise. */
    byte @Nullable [] stored(int level, long index, byte[] parent) throws IOException {
        int at = (int) (index % ARITY) * ENTRY;
        if (Arrays.equals(parent, at, at + ENTRY, UNTOUCHED, 0, ENTRY)) {
            return new byte[NODE];
        }
        byte[] node = inner.read(layout.offset(level, index), NODE);
        byte[] hash = hash(level, index, node);
        return Arrays.equals(parent, at, at + ENTRY, hash, 0, ENTRY) ? node : null;
    }

    /** Where a node lies. */
    DamagedRange range(int level, long index) {
        return new DamagedRange(DamagedRange.Part.TREE, layout.offset(level, index), NODE);
    }

    /** The hash of a node as its parent has it. */
    byte[] hash(int level, long index, byte[] node) {
        sha256.update(ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) level)
                .putLong(index)
                .flip());
        return sha256.digest(node);
    }

    private void keep(int level, long index, byte[] node) {
        cache.put(key(level, index), node);
        if (cache.size() > CACHED) {
            cache.remove(cache.firstEntry().getKey());
        }
    }

    private static long key(int level, long index) {
        return (long) level << 56 | index;
    }
}
