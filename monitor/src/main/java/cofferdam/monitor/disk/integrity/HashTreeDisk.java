package cofferdam.monitor.disk.integrity;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;
import java.util.Objects;

/**
 * A plain disk whose blocks of 4 KiB are hashed into a Merkle tree (SHA-256, 128 entries a node),
 * whose top is in a {@link TrustedRoot}. The tree takes the last 1/128 or so of the inner disk; the
 * data lies before it as it is, so that it hides nothing. Every block is held against the tree when
 * it is read, and all of them by {@link #verify}.
 *
 * <p>The root is stored by {@link #flush} and {@link #seal}. If the monitor stops after a write and
 * before these, the disk is found damaged: writes are not atomic over a loss of power.
 */
public final class HashTreeDisk implements BlockDevice {

    private final BlockDevice inner;
    private final TrustedRoot root;
    private final RootRecord record;
    private final HashedBlocks blocks;
    private final ByteAccess bytes;
    private boolean sealed;

    private HashTreeDisk(BlockDevice inner, TrustedRoot root, RootRecord record) {
        this.inner = inner;
        this.root = root;
        this.record = record;
        HashTree tree = new HashTree(inner, new TreeLayout(record.blocks()), record.top());
        blocks = new HashedBlocks(inner, tree);
        bytes = new ByteAccess(blocks);
    }

    /**
     * Hashes all that is on a disk, but for its end which the tree takes, and stores the root.
     *
     * @throws IllegalArgumentException if the disk is smaller than a block
     */
    public static HashTreeDisk create(BlockDevice inner, TrustedRoot root) throws IOException {
        long blocks = TreeLayout.within(inner.size()).blocks();
        HashTreeDisk disk = new HashTreeDisk(
                inner,
                root,
                new RootRecord(
                        RootRecord.Kind.HASH, inner.size(), blocks, 0, new byte[HashTree.NODE]));
        disk.blocks.build();
        disk.flush();
        return disk;
    }

    /**
     * Opens a disk that was created before. Its blocks are not compared yet.
     *
     * @throws IntegrityException if the root is not there, or the disk is shorter than it was
     */
    public static HashTreeDisk open(BlockDevice inner, TrustedRoot root) throws IOException {
        RootRecord record = Roots.load(RootRecord.Kind.HASH, inner, root);
        if (inner.size() < record.innerSize()) {
            throw new IntegrityException(Roots.sizeDamage(inner, record));
        }
        return new HashTreeDisk(inner, root, record);
    }

    /** Compares all blocks and the whole tree with the root, as is done before a guest boots. */
    public Verification verify() throws IOException {
        Damage damage = new Damage();
        blocks.verify(damage);
        if (inner.size() != record.innerSize()) {
            damage.add(Roots.sizeDamage(inner, record));
        }
        return damage.result();
    }

    @Override
    public long size() {
        return blocks.blocks() * HashTree.NODE;
    }

    /** @throws IntegrityException if a block that is read is damaged */
    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        bytes.read(offset, into, start, count);
    }

    /**
     * @throws IntegrityException if a block that is written in part, or its part of the tree, is
     *     damaged
     */
    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, from.length);
        requireInside(offset, count);
        if (sealed) {
            throw new IOException("the disk is sealed");
        }
        bytes.write(offset, from, start, count);
    }

    @Override
    public void flush() throws IOException {
        inner.flush();
        root.store(record.toByteArray());
    }

    /** Ends its use in order: all that was written is stored, and no more is taken. */
    public void seal() throws IOException {
        sealed = true;
        flush();
    }
}
