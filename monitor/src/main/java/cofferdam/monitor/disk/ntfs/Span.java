package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;

import java.util.Arrays;
import java.util.Objects;

/**
 * A part of an array of bytes, little-endian. Reading outside it fails as {@link
 * CommonProblem#TRUNCATED}.
 *
 * @param start where it begins in the array, in bytes
 * @param size its length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // A view of a buffer: never compared.
record Span(byte[] bytes, int start, int size) {

    Span {
        Objects.checkFromIndexSize(start, size, bytes.length);
    }

    static Span of(byte[] bytes) {
        return new Span(bytes, 0, bytes.length);
    }

    int u8(int at) throws MalformedImageException {
        return bytes[index(at, 1)] & 0xff;
    }

    int u16(int at) throws MalformedImageException {
        int index = index(at, 2);
        return (bytes[index] & 0xff) | ((bytes[index + 1] & 0xff) << 8);
    }

    long u32(int at) throws MalformedImageException {
        return u16(at) | ((long) u16(at + 2) << 16);
    }

    /** As signed, so whoever needs a size must refuse negative ones. */
    long i64(int at) throws MalformedImageException {
        return u32(at) | (u32(at + 4) << 32);
    }

    /** The lower 48 bits: a record's number in a file reference. */
    long u48(int at) throws MalformedImageException {
        return u32(at) | ((long) u16(at + 4) << 32);
    }

    /** An integer of {@code count} bytes, at most 8, with its sign. */
    long signed(int at, int count) throws MalformedImageException {
        int index = index(at, count);
        long value = count == 0 ? 0 : bytes[index + count - 1];
        for (int i = count - 2; i >= 0; i--) {
            value = (value << 8) | (bytes[index + i] & 0xff);
        }
        return value;
    }

    /** A part of it. */
    Span slice(long at, long count) throws MalformedImageException {
        require(at, count);
        return new Span(bytes, start + (int) at, (int) count);
    }

    /** From there to its end. */
    Span from(int at) throws MalformedImageException {
        return slice(at, (long) size - at);
    }

    /** Its content as UTF-16LE, unpaired surrogates as they are. */
    String utf16() {
        char[] characters = new char[size / 2];
        for (int i = 0; i < characters.length; i++) {
            int at = start + 2 * i;
            characters[i] = (char) ((bytes[at] & 0xff) | (bytes[at + 1] << 8));
        }
        return new String(characters);
    }

    byte[] copy() {
        return Arrays.copyOfRange(bytes, start, start + size);
    }

    private int index(int at, int count) throws MalformedImageException {
        require(at, count);
        return start + at;
    }

    private void require(long at, long count) throws MalformedImageException {
        if (at < 0 || count < 0 || at > size - count) {
            throw new MalformedImageException(
                    CommonProblem.TRUNCATED,
                    "%d bytes at %d are not inside a structure of %d bytes"
                            .formatted(count, at, size));
        }
    }
}
