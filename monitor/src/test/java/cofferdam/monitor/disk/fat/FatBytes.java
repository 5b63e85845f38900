package cofferdam.monitor.disk.fat;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.FileExtent;
import cofferdam.monitor.disk.ProblemKind;
import cofferdam.monitor.disk.Region;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A FAT16 file system made by hand, with two tables, 512 root entries and clusters of 512 bytes. */
record FatBytes(byte[] bytes) {

    static final int END = 0xffff;

    private static final int CLUSTERS = 4200;
    private static final int TABLE_SECTORS = 17;
    private static final int ROOT = (1 + 2 * TABLE_SECTORS) * 512;
    private static final int DATA = ROOT + 512 * 32;

    static FatBytes ofFat16() {
        byte[] bytes = new byte[DATA + CLUSTERS * 512];
        bytes[0] = (byte) 0xeb;
        little(bytes)
                .putShort(11, (short) 512)
                .put(13, (byte) 1)
                .putShort(14, (short) 1)
                .put(16, (byte) 2)
                .putShort(17, (short) 512)
                .putShort(19, (short) (bytes.length / 512))
                .put(21, (byte) 0xf8)
                .putShort(22, (short) TABLE_SECTORS);
        return new FatBytes(bytes);
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    int copyOffset(int copy) {
        return (1 + copy * TABLE_SECTORS) * 512;
    }

    /** Sets an entry of both tables. */
    FatBytes next(int cluster, int value) {
        little(bytes).putShort(copyOffset(0) + 2 * cluster, (short) value);
        little(bytes).putShort(copyOffset(1) + 2 * cluster, (short) value);
        return this;
    }

    /** Sets an entry of the root directory. */
    FatBytes entry(int index, String name, int attributes, int cluster, long size) {
        return entryAt(ROOT + index * 32, name, attributes, cluster, size);
    }

    /** Sets an entry of the directory in a cluster. */
    FatBytes entryIn(int at, int index, String name, int attributes, int cluster, long size) {
        return entryAt(DATA + (at - 2) * 512 + index * 32, name, attributes, cluster, size);
    }

    private FatBytes entryAt(int at, String name, int attributes, int cluster, long size) {
        System.arraycopy(name.getBytes(StandardCharsets.ISO_8859_1), 0, bytes, at, 11);
        bytes[at + 11] = (byte) attributes;
        little(bytes).putShort(at + 26, (short) cluster).putInt(at + 28, (int) size);
        return this;
    }

    /** Puts a part of a long name, of at most 13 characters, into the root directory. */
    FatBytes longName(int index, int number, int checksum, String part) {
        int at = ROOT + index * 32;
        bytes[at] = (byte) number;
        bytes[at + 11] = 0x0f;
        bytes[at + 13] = (byte) checksum;
        int[] places = {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30};
        for (int i = 0; i < places.length; i++) {
            char letter = i < part.length() ? part.charAt(i) : i == part.length() ? 0 : '\uffff';
            little(bytes).putChar(at + places[i], letter);
        }
        return this;
    }

    List<ProblemKind> walk() throws IOException {
        return HostileFatTest.kinds(FatFileSystem.open(ByteSource.of(bytes)).walk(extent -> {}));
    }

    List<FileExtent> extents() throws IOException {
        List<FileExtent> extents = new ArrayList<>();
        FatFileSystem.open(ByteSource.of(bytes)).walk(extents::add);
        return extents;
    }

    /** How many bytes are told to be of a kind. */
    long told(Region region) throws IOException {
        return extents().stream()
                .filter(extent -> extent.region() == region)
                .mapToLong(FileExtent::length)
                .sum();
    }

    ByteSource file(String path) throws IOException {
        return FatFileSystem.open(ByteSource.of(bytes)).file(path).orElseThrow();
    }
}
