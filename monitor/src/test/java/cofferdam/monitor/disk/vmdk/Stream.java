package cofferdam.monitor.disk.vmdk;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Builds stream-optimized images as VMware's tools write them: header, grains each behind a marker,
 * grain table, grain directory, footer, end of stream; the header leaves the directory's place to the
 * footer. Grains are of 64 KiB.
 */
final class Stream {

    private static final int SECTOR = 512;
    private static final int DESCRIPTOR_SECTORS = 20;
    private static final int GRAIN = 1 << 16;
    private static final int FLAGS = 1 | (1 << 16) | (1 << 17);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int[] table = new int[512];
    private final long capacity;

    /** @param grains the capacity in grains, at most 512 */
    Stream(int grains) {
        capacity = grains * (long) GRAIN / SECTOR;
        put(header(capacity, -1));
        byte[] descriptor =
                DescriptorText.of(1, capacity * SECTOR, "stream.vmdk").sparse();
        put(Arrays.copyOf(descriptor, DESCRIPTOR_SECTORS * SECTOR));
    }

    /** Adds a grain that is compressed from so many bytes. */
    Stream grain(int index, byte[] bytes) {
        return grain(index, index * (GRAIN / SECTOR), deflated(bytes));
    }

    /** Adds a grain with these bytes as its compressed ones and this sector in its marker. */
    Stream grain(int index, long sector, byte[] compressed) {
        table[index] = out.size() / SECTOR;
        put(sector(12 + compressed.length)
                .putLong(sector)
                .putInt(compressed.length)
                .put(compressed)
                .array());
        return this;
    }

    /** Makes one grain's entry that of another grain. */
    Stream alias(int index, int original) {
        table[index] = table[original];
        return this;
    }

    /** The finished image. */
    byte[] bytes() {
        return bytes(capacity);
    }

    /** The finished image with another capacity in its footer, in sectors. */
    byte[] bytes(long footerCapacity) {
        marker(4, 1);
        int tableSector = out.size() / SECTOR;
        ByteBuffer entries = sector(4 * table.length);
        for (int entry : table) {
            entries.putInt(entry);
        }
        put(entries.array());
        marker(1, 2);
        int directorySector = out.size() / SECTOR;
        put(sector(4).putInt(tableSector).array());
        marker(1, 3);
        put(header(footerCapacity, directorySector));
        put(new byte[SECTOR]);
        return out.toByteArray();
    }

    static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] compressed = new byte[bytes.length + 100];
        int length = deflater.deflate(compressed);
        deflater.end();
        return Arrays.copyOf(compressed, length);
    }

    private void marker(long sectors, int type) {
        put(sector(16).putLong(sectors).putInt(0).putInt(type).array());
    }

    private static byte[] header(long capacity, long directory) {
        return sector(SECTOR)
                .putInt(SparseHeader.MAGIC)
                .putInt(3)
                .putInt(FLAGS)
                .putLong(capacity)
                .putLong(GRAIN / SECTOR)
                .putLong(1)
                .putLong(DESCRIPTOR_SECTORS)
                .putInt(512)
                .putLong(0)
                .putLong(directory)
                .putLong(1 + DESCRIPTOR_SECTORS)
                .put((byte) 0)
                .put(new byte[] {'\n', ' ', '\r', '\n'})
                .putShort((short) 1)
                .array();
    }

    private void put(byte[] bytes) {
        out.writeBytes(bytes);
    }

    /** A buffer of whole sectors that has at least so many bytes. */
    private static ByteBuffer sector(int bytes) {
        return ByteBuffer.allocate(Math.ceilDiv(bytes, SECTOR) * SECTOR)
                .order(ByteOrder.LITTLE_ENDIAN);
    }
}
