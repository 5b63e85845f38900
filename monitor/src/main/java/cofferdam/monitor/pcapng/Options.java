package cofferdam.monitor.pcapng;

import java.nio.charset.StandardCharsets;

/**
 * Walks over values that each have a code, a length and padding: options (draft-ietf-opsawg-pcapng,
 * section 3.5) and the records of a name resolution block (section 4.5).
 */
final class Options {

    private final Block block;
    private int next;
    private int code;
    private int valueStart;
    private int valueLength;

    Options(Block block, int from) {
        this.block = block;
        this.next = from;
    }

    /** Moves to the next one; false at the end mark or where the body ends. */
    boolean advance() throws PcapngException {
        int left = block.bodyEnd() - next;
        if (left == 0) {
            return false;
        }
        if (left < Format.OPTION_HEADER_BYTES) {
            throw tooShort(Format.OPTION_HEADER_BYTES, left);
        }
        code = block.int16(next);
        valueLength = block.int16(next + 2);
        valueStart = next + Format.OPTION_HEADER_BYTES;
        int needed = Format.OPTION_HEADER_BYTES + Format.padded(valueLength);
        if (needed > left) {
            throw tooShort(needed, left);
        }
        if (code == Format.END_OF_OPTIONS) {
            return false;
        }
        next += needed;
        return true;
    }

    private PcapngException tooShort(int needed, int left) {
        return PcapngException.at(
                next,
                "option or record needs %d bytes, the block has %d left".formatted(needed, left));
    }

    int code() {
        return code;
    }

    int valueStart() {
        return valueStart;
    }

    int valueLength() {
        return valueLength;
    }

    /** The offset of a value that must have this length. */
    int valueStart(int length) throws PcapngException {
        if (valueLength != length) {
            throw PcapngException.at(
                    valueStart,
                    "option %d has %d bytes, not %d".formatted(code, valueLength, length));
        }
        return valueStart;
    }

    /** The value as UTF-8 text; what is not UTF-8 becomes the replacement character. */
    String text() {
        return text(valueStart, valueLength);
    }

    String text(int offset, int length) {
        return new String(block.copy(offset, length), StandardCharsets.UTF_8);
    }
}
