package cofferdam.monitor.pcapng;

import java.nio.ByteBuffer;

/**
 * A block whose frame of type and lengths is sound.
 *
 * @param view the whole file in the byte order of the block's section; only absolute reads
 * @param type 32 bits
 * @param start offset of the block in the file
 * @param length bytes of the whole block, a multiple of 4
 */
record Block(ByteBuffer view, int type, int start, int length) {

    /** Offset of the first byte after the type and the length. */
    int bodyStart() {
        return start + Format.BLOCK_HEADER_BYTES;
    }

    /** Offset of the length that closes the block. */
    int bodyEnd() {
        return start + length - Integer.BYTES;
    }

    /** Offset of what follows the body's fixed part. */
    int afterFixed(int fixedBytes) throws PcapngException {
        if (bodyEnd() - bodyStart() < fixedBytes) {
            throw PcapngException.at(
                    start,
                    "block of type %d has a body of %d bytes, fewer than %d"
                            .formatted(type, bodyEnd() - bodyStart(), fixedBytes));
        }
        return bodyStart() + fixedBytes;
    }

    int int32(int offset) {
        return view.getInt(offset);
    }

    int int16(int offset) {
        return view.getShort(offset) & 0xffff;
    }

    byte[] copy(int offset, int size) {
        byte[] bytes = new byte[size];
        view.get(offset, bytes);
        return bytes;
    }

    /** The options from an offset to the body's end. */
    Options options(int from) {
        return new Options(this, from);
    }
}
