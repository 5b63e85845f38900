package cofferdam.monitor.disk.integrity;

import cofferdam.monitor.disk.BlockDevice;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Enciphered blocks, each of whose entry in the tree is the number of its nonce (8 bytes), the tag
 * (16 bytes) and 8 zeros. A block whose entry is all zeros was never written, and reads as zeros.
 */
final class AeadBlocks implements BlockStore {

    private static final int BLOCK = HashTree.NODE;

    private final BlockDevice inner;
    private final HashTree tree;
    private final BlockCipher cipher;
    private final NonceCounter nonces;

    AeadBlocks(BlockDevice inner, HashTree tree, BlockCipher cipher, NonceCounter nonces) {
        this.inner = inner;
        this.tree = tree;
        this.cipher = cipher;
        this.nonces = nonces;
    }

    @Override
    public long blocks() {
        return tree.layout().blocks();
    }

    @Override
    public void load(long block, int count, byte[] into, int start) throws IOException {
        byte[] node = tree.leaves(block / HashTree.ARITY);
        for (int i = 0; i < count; i++) {
            byte[] plain = plain(block + i, node);
            if (plain == null) {
                throw new IntegrityException(range(block + i));
            }
            System.arraycopy(plain, 0, into, start + i * BLOCK, BLOCK);
        }
    }

    /** The block as it was written; null where it is damaged. */
    private byte @Nullable [] plain(long block, byte[] node) throws IOException {
        int at = (int) (block % HashTree.ARITY) * HashTree.ENTRY;
        ByteBuffer entry = ByteBuffer.wrap(node, at, HashTree.ENTRY);
        long nonce = entry.getLong();
        if (nonce == 0) {
            return new byte[BLOCK];
        }
        byte[] sealed = new byte[BLOCK + BlockCipher.TAG];
        inner.read(block * BLOCK, sealed, 0, BLOCK);
        entry.get(sealed, BLOCK, BlockCipher.TAG);
        return cipher.open(nonce, block, sealed);
    }

    @Override
    public void store(long block, int count, byte[] from, int start) throws IOException {
        byte[] entries = new byte[count * HashTree.ENTRY];
        byte[] enciphered = new byte[count * BLOCK];
        for (int i = 0; i < count; i++) {
            long nonce = nonces.next();
            byte[] sealed = cipher.seal(nonce, block + i, from, start + i * BLOCK, BLOCK);
            System.arraycopy(sealed, 0, enciphered, i * BLOCK, BLOCK);
            ByteBuffer.wrap(entries, i * HashTree.ENTRY, HashTree.ENTRY)
                    .putLong(nonce)
                    .put(sealed, BLOCK, BlockCipher.TAG);
        }
        inner.write(block * BLOCK, enciphered);
        tree.write(block, entries);
    }

    /**
     * Compares the tree with its topmost node.
     *
     * @throws IntegrityException if it is damaged
     */
    void requireTree() throws IOException {
        for (long block = 0; block < blocks(); block += HashTree.ARITY) {
            tree.leaves(block / HashTree.ARITY);
        }
    }

    /** Deciphers all blocks. */
    void verify(Damage damage) throws IOException {
        for (long block = 0; block < blocks(); block++) {
            if (plain(block, tree.leaves(block / HashTree.ARITY)) == null) {
                damage.add(range(block));
            }
        }
    }

    private static DamagedRange range(long block) {
        return new DamagedRange(DamagedRange.Part.DATA, block * BLOCK, BLOCK);
    }
}
