package cofferdam.monitor.disk.integrity;

import java.io.IOException;

/** Reads and writes any bytes of blocks that are read and written whole. */
record ByteAccess(BlockStore store) {

    private static final int BLOCK = HashTree.NODE;

    void read(long offset, byte[] into, int start, int count) throws IOException {
        for (int done = 0; done < count; ) {
            Piece piece = Piece.at(offset + done, count - done);
            if (piece.whole()) {
                store.load(piece.block(), piece.length() / BLOCK, into, start + done);
            } else {
                byte[] block = new byte[BLOCK];
                store.load(piece.block(), 1, block, 0);
                System.arraycopy(block, piece.within(), into, start + done, piece.length());
            }
            done += piece.length();
        }
    }

    void write(long offset, byte[] from, int start, int count) throws IOException {
        for (int done = 0; done < count; ) {
            Piece piece = Piece.at(offset + done, count - done);
            if (piece.whole()) {
                store.store(piece.block(), piece.length() / BLOCK, from, start + done);
            } else {
                byte[] block = new byte[BLOCK];
                store.load(piece.block(), 1, block, 0);
                System.arraycopy(from, start + done, block, piece.within(), piece.length());
                store.store(piece.block(), 1, block, 0);
            }
            done += piece.length();
        }
    }

    /**
     * Some whole blocks, or a part of one.
     *
     * @param within where in the block it begins
     * @param length in bytes
     */
    private record Piece(long block, int within, int length) {

        static Piece at(long offset, int left) {
            long block = offset / BLOCK;
            int within = (int) (offset % BLOCK);
            if (within != 0 || left < BLOCK) {
                return new Piece(block, within, Math.min(BLOCK - within, left));
            }
            int room = HashTree.ARITY - (int) (block % HashTree.ARITY);
            return new Piece(block, 0, Math.min(left / BLOCK, room) * BLOCK);
        }

        boolean whole() {
            return within == 0 && length >= BLOCK;
        }
    }
}
