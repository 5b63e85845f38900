package cofferdam.monitor.disk.integrity;

import cofferdam.monitor.disk.BlockDevice;

import java.io.IOException;
import java.util.Objects;

/**
 * A disk whose blocks of 4 KiB are enciphered and authenticated by AES-256-GCM under nonces that
 * are never used twice. Nonces and tags are at the end of the inner disk, in a Merkle tree whose
 * top is in a {@link TrustedRoot}: so a block that is changed, moved, or put back to what it was, and
 * an older copy of the whole disk, are all noticed. A write changes the blocks and one path of the
 * tree.
 *
 * <p>The root is stored by {@link #flush} and {@link #seal}, and whenever more nonces are reserved. If
 * the monitor stops after a write and before these, the disk is found damaged: writes are not atomic
 * over a loss of power. Nonces are not used again even then.
 */
public final class AeadDisk implements BlockDevice {

    private final BlockDevice inner;
    private final TrustedRoot root;
    private final RootRecord record;
    private final NonceCounter nonces;
    private final AeadBlocks blocks;
    private final ByteAccess bytes;
    private boolean sealed;

    private AeadDisk(BlockDevice inner, byte[] key, TrustedRoot root, RootRecord record) {
        this.inner = inner;
        this.root = root;
        this.record = record;
        nonces = new NonceCounter(record.counter(), this::storeRoot);
        HashTree tree = new HashTree(inner, new TreeLayout(record.blocks()), record.top());
        blocks = new AeadBlocks(inner, tree, new BlockCipher(key), nonces);
        bytes = new ByteAccess(blocks);
    }

    /**
     * Makes a new disk of zeros, without writing to the inner one. Where the root is of such a disk
     * already, its nonces are not used again.
     *
     * @param key 32 bytes, used with this root only: another root would count its nonces from 1 again
     * @throws IllegalArgumentException if the disk is smaller than a block, or the key has another
     *     size
     */
    public static AeadDisk create(BlockDevice inner, byte[] key, TrustedRoot root)
            throws IOException {
        long used = root.load()
                .flatMap(it -> RootRecord.of(RootRecord.Kind.AEAD, it))
                .map(RootRecord::counter)
                .orElse(0L);
        long blocks = TreeLayout.within(inner.size()).blocks();
        byte[] top = new byte[HashTree.NODE];
        AeadDisk disk = new AeadDisk(
                inner,
                key,
                root,
                new RootRecord(RootRecord.Kind.AEAD, inner.size(), blocks, used, top));
        disk.flush();
        return disk;
    }

    /**
     * Opens a disk that was created before, and compares all nonces and tags, but not yet the blocks
     * themselves, with the root.
     *
     * @throws IntegrityException if the root is not there, or the disk is not the one that it is of
     */
    public static AeadDisk open(BlockDevice inner, byte[] key, TrustedRoot root)
            throws IOException {
        RootRecord record = Roots.load(RootRecord.Kind.AEAD, inner, root);
        if (inner.size() != record.innerSize()) {
            throw new IntegrityException(Roots.sizeDamage(inner, record));
        }
        AeadDisk disk = new AeadDisk(inner, key, root, record);
        disk.blocks.requireTree();
        return disk;
    }

    /**
     * Deciphers all blocks, and tells which are damaged.
     *
     * @throws IntegrityException if the tree is damaged
     */
    public Verification verify() throws IOException {
        Damage damage = new Damage();
        blocks.verify(damage);
        return damage.result();
    }

    @Override
    public long size() {
        return blocks.blocks() * HashTree.NODE;
    }

    /** @throws IntegrityException if a block that is read, or its part of the tree, is damaged */
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
        storeRoot(nonces.limit());
    }

    private void storeRoot(long reserved) throws IOException {
        root.store(record.withCounter(reserved).toByteArray());
    }

    /** Ends its use in order: all that was written is stored, and no more is taken. */
    public void seal() throws IOException {
        sealed = true;
        flush();
    }
}
