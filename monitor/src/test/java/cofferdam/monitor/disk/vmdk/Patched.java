package cofferdam.monitor.disk.vmdk;

import cofferdam.monitor.disk.MemoryFile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A sparse image of 1 MiB, one byte of its grains 0 and 2 written, with bytes changed on purpose.
 * Its layout in sectors: header 0, descriptor 1, redundant directory 21 and table 22, directory 26
 * and table 27, grains from 128 on.
 */
record Patched(MemoryFile file) {

    static final int SIZE = 1 << 20;
    static final int FLAGS = 8;
    static final int CAPACITY = 12;
    static final int GRAIN_SIZE = 20;
    static final int UNCLEAN = 72;
    static final int LINE_ENDS = 73;
    static final int DESCRIPTOR = 512;
    static final int REDUNDANT_TABLE = 22 * 512;
    static final int DIRECTORY = 26 * 512;
    static final int TABLE = 27 * 512;
    static final int FIRST_GRAIN = 128;

    static Patched image() throws IOException {
        MemoryFile file = new MemoryFile();
        VmdkDisk disk = VmdkDisk.create(file, SIZE, 1, "disk.vmdk");
        disk.write(0, new byte[] {'a'});
        disk.write(2 * VmdkDisk.GRAIN + 7, new byte[] {'c'});
        return new Patched(file);
    }

    /** Puts a little-endian number of 4 bytes. */
    Patched with(int offset, int value) throws IOException {
        return with(offset, littleEndian(4).putInt(value).array());
    }

    /** Puts a little-endian number of 8 bytes. */
    Patched with(int offset, long value) throws IOException {
        return with(offset, littleEndian(8).putLong(value).array());
    }

    Patched with(int offset, byte[] bytes) throws IOException {
        file.write(offset, bytes);
        return this;
    }

    /** Replaces the descriptor. */
    Patched withDescriptor(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return with(DESCRIPTOR, Arrays.copyOf(bytes, 20 * 512));
    }

    /** Puts the entry in both copies of the grain table. */
    Patched withGrain(int index, int sector) throws IOException {
        return with(TABLE + 4 * index, sector).with(REDUNDANT_TABLE + 4 * index, sector);
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
