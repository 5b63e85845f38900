package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The dynamic disk header, 1024 bytes; after the specification's "Dynamic Disk Header Format".
 * Offsets: cookie 0, table offset 16, version 24, table entries 28, block size 32, checksum 36,
 * parent's name 64 (512 bytes of UTF-16), eight parent locators of 24 bytes 576.
 *
 * @param tableOffset of the block allocation table, in bytes
 * @param entries of the table, as the header has it
 * @param blockSize in bytes, without the block's bitmap
 * @param parentName UTF-16 as it is, up to the first NUL
 */
record DynamicHeader(
        long tableOffset,
        long entries,
        int blockSize,
        boolean checksumFits,
        String parentName,
        List<ParentLocator> locators) {

    static final int BYTES = 1024;

    /** The largest block, in bytes; the specification's default is 2 MiB. */
    private static final int LARGEST_BLOCK = 1 << 28;

    private static final int SMALLEST_BLOCK = 512;
    private static final String COOKIE = "cxsparse";
    private static final int CHECKSUM = 36;
    private static final int PARENT_NAME = 64;
    private static final int PARENT_NAME_CHARS = 256;
    private static final int LOCATORS = 576;
    private static final int VERSION = 0x0001_0000;

    /**
     * The header at the offset.
     *
     * @throws MalformedImageException if there is none, or its block size is none
     */
    static DynamicHeader at(ByteSource file, long offset) throws IOException {
        byte[] bytes = file.read(offset, BYTES);
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        String cookie = new String(bytes, 0, COOKIE.length(), StandardCharsets.ISO_8859_1);
        if (!cookie.equals(COOKIE)) {
            throw new MalformedImageException(
                    VhdProblem.HEADER, "no dynamic disk header at %d".formatted(offset));
        }
        int blockSize = fields.getInt(32);
        if (Integer.bitCount(blockSize) != 1
                || blockSize < SMALLEST_BLOCK
                || blockSize > LARGEST_BLOCK) {
            throw new MalformedImageException(
                    VhdProblem.HEADER,
                    "a block size of %d bytes".formatted(Integer.toUnsignedLong(blockSize)));
        }
        List<ParentLocator> locators = new ArrayList<>();
        for (int i = 0; i < ParentLocator.COUNT; i++) {
            locators.add(ParentLocator.at(fields, LOCATORS + i * ParentLocator.BYTES));
        }
        return new DynamicHeader(
                fields.getLong(16),
                Integer.toUnsignedLong(fields.getInt(28)),
                blockSize,
                fields.getInt(CHECKSUM) == Checksum.of(bytes, CHECKSUM),
                parentName(fields),
                List.copyOf(locators));
    }

    /** The 1024 bytes of the header of a dynamic disk, which has no parent. */
    static byte[] withoutParent(long tableOffset, int entries, int blockSize) {
        ByteBuffer fields = ByteBuffer.allocate(BYTES)
                .put(COOKIE.getBytes(StandardCharsets.ISO_8859_1))
                .putLong(-1)
                .putLong(tableOffset)
                .putInt(VERSION)
                .putInt(entries)
                .putInt(blockSize);
        return fields.putInt(CHECKSUM, Checksum.of(fields.array(), CHECKSUM)).array();
    }

    private static String parentName(ByteBuffer fields) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < PARENT_NAME_CHARS; i++) {
            char next = fields.getChar(PARENT_NAME + 2 * i);
            if (next == 0) {
                break;
            }
            name.append(next);
        }
        return name.toString();
    }
}
