package cofferdam.monitor.disk.vhd;

import cofferdam.monitor.disk.MemoryFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A dynamic disk of 6 MiB, so of three blocks, one byte of its blocks 0 and 2 written, with bytes
 * changed on purpose. Its layout in bytes: footer copy 0, header 512, table 1536, block 0 at 2048,
 * block 2 behind it, footer.
 */
record Patched(MemoryFile file) {

    static final int SIZE = 6 << 20;
    static final int HEADER = 512;
    static final int TABLE = 1536;
    static final int BLOCK_0 = 2048;
    static final int BLOCK_2 = BLOCK_0 + 512 + VhdDisk.BLOCK;

    /** Offsets in the footer. */
    static final int CREATOR = 28;

    static final int CURRENT_SIZE = 48;
    static final int TYPE = 60;
    static final int CHECKSUM = 64;
    static final int SAVED = 84;

    /** Offsets in the dynamic disk header. */
    static final int ENTRIES = 28;

    static final int BLOCK_SIZE = 32;
    static final int HEADER_CHECKSUM = 36;
    static final int PARENT_NAME = 64;
    static final int LOCATORS = 576;

    static Patched image() throws IOException {
        MemoryFile file = new MemoryFile();
        var disk = VhdDisk.createDynamic(file, SIZE, 0, new UUID(1, 2));
        disk.write(0, new byte[] {'a'});
        disk.write(2L * VhdDisk.BLOCK + 700, new byte[] {'c'});
        return new Patched(file);
    }

    /** A dynamic disk of three blocks of 4 KiB, one byte of its block 2 written. */
    static Patched small() throws IOException {
        MemoryFile file = new MemoryFile();
        VhdDisk.createDynamic(file, 3 * 4096, 0, new UUID(1, 2));
        new Patched(file).withHeader(BLOCK_SIZE, bigEndian(4096)).withHeader(ENTRIES, bigEndian(3));
        VhdDisk.open(file).write(2 * 4096 + 9, new byte[] {'c'});
        return new Patched(file);
    }

    /** Changes the footer and its copy, and makes their checksums fit. */
    Patched withFooter(int offset, byte[] bytes) throws IOException {
        for (long footer : new long[] {0, file.size() - Footer.BYTES}) {
            file.write(footer + offset, bytes);
            sign(footer, Footer.BYTES, CHECKSUM);
        }
        return this;
    }

    /** Changes the dynamic disk header, and makes its checksum fit. */
    Patched withHeader(int offset, byte[] bytes) throws IOException {
        file.write(HEADER + offset, bytes);
        sign(HEADER, DynamicHeader.BYTES, HEADER_CHECKSUM);
        return this;
    }

    /** Sets an entry of the table. */
    Patched withBlock(int index, int sector) throws IOException {
        return with(TABLE + 4 * index, bigEndian(sector));
    }

    Patched with(long offset, byte[] bytes) throws IOException {
        file.write(offset, bytes);
        return this;
    }

    /** Makes it a differencing disk whose first parent locators have these platforms and bytes. */
    Patched differencing(String parentName, Object... locators) throws IOException {
        withFooter(TYPE, bigEndian(Footer.DIFFERENCING));
        withHeader(PARENT_NAME, parentName.getBytes(StandardCharsets.UTF_16BE));
        byte[] footer = file.read(file.size() - Footer.BYTES, Footer.BYTES);
        long at = file.size() - Footer.BYTES;
        for (int i = 0; i < locators.length; i += 2) {
            byte[] path = (byte[]) locators[i + 1];
            file.write(at, path);
            byte[] locator = ByteBuffer.allocate(24)
                    .putInt((int) locators[i])
                    .putInt(512)
                    .putInt(path.length)
                    .putInt(0)
                    .putLong(at)
                    .array();
            withHeader(LOCATORS + 24 * (i / 2), locator);
            at += Math.ceilDiv(path.length, 512) * 512;
        }
        file.resize(at);
        file.write(at, footer);
        return this;
    }

    static byte[] bigEndian(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    static byte[] bigEndian(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    private void sign(long offset, int length, int field) throws IOException {
        byte[] structure = file.read(offset, length);
        file.write(offset + field, bigEndian(Checksum.of(structure, field)));
    }
}
