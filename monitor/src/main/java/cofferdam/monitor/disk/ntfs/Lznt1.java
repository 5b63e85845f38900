package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.MalformedImageException;

import java.util.Arrays;

/**
 * LZNT1, in which NTFS compresses (MS-XCA 2.5): chunks of up to 4096 bytes, each with a header of
 * two bytes, as they are or as groups of eight literals and back references within the chunk.
 */
final class Lznt1 {

    private static final int CHUNK = 4096;
    private static final int HEADER = 2;
    private static final int COMPRESSED = 0x8000;
    private static final int SIZE_MASK = 0x0fff;
    private static final int SHORTEST_MATCH = 3;
    private static final int LEAST_DISPLACEMENT_BITS = 4;

    private Lznt1() {}

    /**
     * Decompresses; what the input does not cover stays zero.
     *
     * @param size of the result, in bytes
     * @throws MalformedImageException as {@link NtfsProblem#BAD_COMPRESSION}
     */
    static byte[] decompress(Span input, int size) throws MalformedImageException {
        byte[] output = new byte[size];
        int in = 0;
        for (int out = 0; out < size && in <= input.size() - HEADER; out += CHUNK) {
            int header = input.u16(in);
            if (header == 0) {
                break;
            }
            int count = (header & SIZE_MASK) + 1;
            if (count > input.size() - in - HEADER) {
                throw bad("a chunk of %d bytes, cut off".formatted(count));
            }
            Span chunk = input.slice(in + HEADER, count);
            int end = Math.min(size, out + CHUNK);
            if ((header & COMPRESSED) != 0) {
                chunk(chunk, output, out, end);
            } else if (count > end - out) {
                throw bad("a plain chunk of %d bytes".formatted(count));
            } else {
                System.arraycopy(chunk.bytes(), chunk.start(), output, out, count);
            }
            in += HEADER + count;
        }
        return output;
    }

    private static void chunk(Span in, byte[] output, int start, int end)
            throws MalformedImageException {
        int out = start;
        int at = 0;
        while (at < in.size()) {
            int tags = in.u8(at++);
            for (int token = 0; token < 8 && at < in.size(); token++) {
                if (out >= end) {
                    throw bad("more than a chunk holds");
                }
                if (((tags >> token) & 1) == 0) {
                    output[out++] = (byte) in.u8(at++);
                } else if (at == in.size() - 1) {
                    throw bad("half a reference");
                } else {
                    out = match(in.u16(at), output, start, out, end);
                    at += 2;
                }
            }
        }
    }

    /** The further into the chunk, the more bits of a reference are its displacement. */
    private static int match(int token, byte[] output, int start, int out, int end)
            throws MalformedImageException {
        int position = out - start;
        int bits = Math.max(
                LEAST_DISPLACEMENT_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(position - 1));
        int lengthBits = 16 - bits;
        int displacement = (token >> lengthBits) + 1;
        int length = (token & ((1 << lengthBits) - 1)) + SHORTEST_MATCH;
        if (position == 0 || displacement > position || length > end - out) {
            throw bad("%d bytes from %d before, at %d".formatted(length, displacement, position));
        }
        if (displacement == 1) {
            Arrays.fill(output, out, out + length, output[out - 1]);
            return out + length;
        }
        for (int i = 0; i < length; i++) {
            output[out + i] = output[out + i - displacement];
        }
        return out + length;
    }

    private static MalformedImageException bad(String detail) {
        return new MalformedImageException(NtfsProblem.BAD_COMPRESSION, detail);
    }
}
