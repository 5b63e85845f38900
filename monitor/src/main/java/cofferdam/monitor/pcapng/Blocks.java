package cofferdam.monitor.pcapng;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Walks over the blocks of a file, section by section, and checks their lengths. */
final class Blocks {

    private final ByteBuffer view;
    private int next;

    Blocks(byte[] file) throws PcapngException {
        if (file.length > PcapngReader.MAXIMUM_FILE_BYTES) {
            throw new PcapngException("file of %d bytes is larger than %d"
                    .formatted(file.length, PcapngReader.MAXIMUM_FILE_BYTES));
        }
        view = ByteBuffer.wrap(file);
        if (file.length < Format.BLOCK_OVERHEAD_BYTES || view.getInt(0) != Format.SECTION_HEADER) {
            throw PcapngException.at(0, "no section header");
        }
    }

    boolean hasNext() {
        return next < view.limit();
    }

    Block next() throws PcapngException {
        int left = view.limit() - next;
        if (left < Format.BLOCK_OVERHEAD_BYTES) {
            throw PcapngException.at(
                    next, "%d bytes are left, too few for a block".formatted(left));
        }
        // The section header's type reads the same in both byte orders.
        int type = view.getInt(next);
        if (type == Format.SECTION_HEADER) {
            takeByteOrder(left);
        }
        Block block = new Block(view, type, next, length(left));
        next += block.length();
        return block;
    }

    private void takeByteOrder(int left) throws PcapngException {
        if (left < Format.BLOCK_OVERHEAD_BYTES + Format.SECTION_FIXED_BYTES) {
            throw PcapngException.at(next, "section header ends after %d bytes".formatted(left));
        }
        int at = next + Format.BLOCK_HEADER_BYTES;
        int magic = view.order(ByteOrder.BIG_ENDIAN).getInt(at);
        if (magic == Format.BYTE_ORDER_MAGIC) {
            return;
        }
        if (Integer.reverseBytes(magic) != Format.BYTE_ORDER_MAGIC) {
            throw PcapngException.at(at, "%08x is no byte order magic".formatted(magic));
        }
        view.order(ByteOrder.LITTLE_ENDIAN);
    }

    private int length(int left) throws PcapngException {
        long length = view.getInt(next + Integer.BYTES) & 0xffff_ffffL;
        if (length < Format.BLOCK_OVERHEAD_BYTES || length % 4 != 0) {
            throw PcapngException.at(
                    next,
                    "block length %d is not a multiple of 4 from %d up"
                            .formatted(length, Format.BLOCK_OVERHEAD_BYTES));
        }
        if (length > PcapngReader.MAXIMUM_BLOCK_BYTES) {
            throw PcapngException.at(
                    next,
                    "block length %d is more than %d"
                            .formatted(length, PcapngReader.MAXIMUM_BLOCK_BYTES));
        }
        if (length > left) {
            throw PcapngException.at(
                    next, "block length %d is more than the %d bytes left".formatted(length, left));
        }
        checkTrailer((int) length);
        return (int) length;
    }

    private void checkTrailer(int length) throws PcapngException {
        int at = next + length - Integer.BYTES;
        if (view.getInt(at) != length) {
            throw PcapngException.at(
                    at,
                    "block ends with length %d, not %d"
                            .formatted(view.getInt(at) & 0xffff_ffffL, length));
        }
    }
}
