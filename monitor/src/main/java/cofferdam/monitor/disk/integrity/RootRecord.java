package cofferdam.monitor.disk.integrity;

import java.nio.ByteBuffer;
import java.util.Optional;

/** What a trusted root holds: 4 bytes of kind, three numbers of 8 bytes, and the top of the tree. */
final class RootRecord {

    private static final int SIZE = 4 + 3 * Long.BYTES + HashTree.NODE;

    private final Kind kind;
    private final long innerSize;
    private final long blocks;
    private final long counter;
    private final byte[] top;

    /**
     * @param innerSize the size of the inner disk in bytes
     * @param blocks how many blocks of data it has
     * @param counter no nonce up to this one may be used again
     * @param top the topmost node of the tree, which is not on the inner disk; not copied
     */
    RootRecord(Kind kind, long innerSize, long blocks, long counter, byte[] top) {
        this.kind = kind;
        this.innerSize = innerSize;
        this.blocks = blocks;
        this.counter = counter;
        this.top = top;
    }

    enum Kind {
        HASH(0x43464854),
        AEAD(0x43464145);

        private final int magic;

        Kind(int magic) {
            this.magic = magic;
        }
    }

    long innerSize() {
        return innerSize;
    }

    long blocks() {
        return blocks;
    }

    long counter() {
        return counter;
    }

    /** The topmost node itself. */
    byte[] top() {
        return top;
    }

    /** The same with another counter, and the same topmost node. */
    RootRecord withCounter(long other) {
        return new RootRecord(kind, innerSize, blocks, other, top);
    }

    byte[] toByteArray() {
        return ByteBuffer.allocate(SIZE)
                .putInt(kind.magic)
                .putLong(innerSize)
                .putLong(blocks)
                .putLong(counter)
                .put(top)
                .array();
    }

    /** The record in these bytes; empty where they are not one of that kind. */
    static Optional<RootRecord> of(Kind kind, byte[] bytes) {
        if (bytes.length != SIZE) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (buffer.getInt() != kind.magic) {
            return Optional.empty();
        }
        byte[] top = new byte[HashTree.NODE];
        RootRecord record =
                new RootRecord(kind, buffer.getLong(), buffer.getLong(), buffer.getLong(), top);
        buffer.get(top);
        return Optional.of(record);
    }
}
