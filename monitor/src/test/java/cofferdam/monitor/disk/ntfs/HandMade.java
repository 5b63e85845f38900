package cofferdam.monitor.disk.ntfs;

import cofferdam.monitor.disk.ByteSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A small volume in memory, made by mkntfs, whose records are then written by hand. It has
 * clusters of 512 bytes, records of 1024, a folder {@code /d} (record {@link #FOLDER}) and in it the
 * files {@code f00} to {@code f39} (records from {@link #FIRST} on); from {@link #SPARES} on,
 * records were never written.
 */
@SuppressWarnings("ArrayRecordComponent") // Changed in place: never compared.
record HandMade(byte[] volume) {

    static final int CLUSTER = 512;
    static final int RECORD = 1024;
    static final int FOLDER = 64;
    static final int FIRST = 65;
    static final int FILES = 40;
    static final int SPARES = FIRST + FILES;
    static final int SPARE = 50;

    private static byte[] made = {};

    /** A copy of the volume, which is made once. */
    static synchronized HandMade create() throws IOException, InterruptedException {
        if (made.length == 0) {
            Path folder = Files.createTempDirectory("ntfs");
            NtfsImage image = NtfsImage.format(folder, 3 * NtfsImage.MIB / 2, CLUSTER);
            try (NtfsWriter writer = new NtfsWriter(image.path(), SPARES + SPARE)) {
                writer.folder("/d");
                for (int i = 0; i < FILES; i++) {
                    byte[] content = NtfsImage.noise("HAND-%02d-".formatted(i), 100 + 40 * i);
                    writer.file("/d/f%02d".formatted(i), content);
                }
            }
            made = image.bytes();
            int spare = new HandMade(made).offset(SPARES);
            Arrays.fill(made, spare, spare + SPARE * RECORD, (byte) 0);
            Files.delete(image.path());
            Files.delete(folder);
        }
        return new HandMade(made.clone());
    }

    NtfsFileSystem open() throws IOException {
        return NtfsFileSystem.open(ByteSource.of(volume));
    }

    NtfsImage.Walked walk() throws IOException {
        return NtfsImage.Walked.of(volume);
    }

    ByteBuffer all() {
        return ByteBuffer.wrap(volume).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where a record begins in the volume, in bytes; $MFT is in one piece. */
    int offset(int record) {
        return (int) (all().getLong(0x30) * CLUSTER) + record * RECORD;
    }

    /** Changes a record, whose fixups are out of the way meanwhile. */
    HandMade edit(int record, Consumer<ByteBuffer> change) {
        ByteBuffer bytes = all().slice(offset(record), RECORD).order(ByteOrder.LITTLE_ENDIAN);
        int array = RawRecord.unprotect(bytes);
        change.accept(bytes);
        RawRecord.protect(bytes, array);
        return this;
    }

    /** Writes a record of sequence number 1 in use, with these attributes. */
    HandMade put(int record, int flags, long base, byte[]... attributes) {
        byte[] bytes = RawRecord.of(RECORD, record, 1, 1, flags, base, attributes);
        System.arraycopy(bytes, 0, volume, offset(record), RECORD);
        return this;
    }

    /** Writes a file in a folder, with these attributes besides its name. */
    HandMade file(int record, int folder, String name, byte[]... attributes) {
        byte[][] all = new byte[attributes.length + 1][];
        all[0] = name(folder, name);
        System.arraycopy(attributes, 0, all, 1, attributes.length);
        return put(record, 1, 0, all);
    }

    /** Writes an empty folder in a folder. */
    HandMade folder(int record, int folder, String name) {
        return put(record, 3, 0, name(folder, name));
    }

    /** A reference to a record of that sequence number. */
    static long reference(int record, int sequence) {
        return RawRecord.reference(record, sequence);
    }

    private byte[] name(int folder, String name) {
        int sequence = all().getShort(offset(folder) + 0x10);
        return name(reference(folder, sequence), name);
    }

    /** A $FILE_NAME. */
    static byte[] name(long parent, String name) {
        return resident(AttributeType.FILE_NAME, RawRecord.fileName(parent, name, 1, 0, 0));
    }

    /** A resident attribute without name. */
    static byte[] resident(long type, byte[] value) {
        return RawRecord.resident(type, "", value);
    }

    /** A non-resident attribute without name. */
    static byte[] mapped(long type, long size, int... pairs) {
        return piece(type, 0, 0, size, size, pairs);
    }

    /** A piece of a non-resident attribute, from that cluster of it on. */
    static byte[] piece(
            long type, int flags, long firstVcn, long size, long initialized, int... pairs) {
        int length = 0x40 + (pairs.length + 8) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt((int) type).putInt(length).put((byte) 1);
        bytes.putShort(0x0c, (short) flags).putLong(0x10, firstVcn);
        bytes.putShort(0x20, (short) 0x40);
        bytes.putShort(0x22, (short) ((flags & Attribute.COMPRESSED) == 0 ? 0 : 4));
        bytes.putLong(0x28, size).putLong(0x30, size).putLong(0x38, initialized);
        bytes.position(0x40);
        for (int octet : pairs) {
            bytes.put((byte) octet);
        }
        return bytes.array();
    }

    /** The mapping pair of a run, at that distance from the one before. */
    static int[] run(int clusters, int distance) {
        return new int[] {
            0x32,
            clusters & 0xff,
            clusters >> 8,
            distance & 0xff,
            distance >> 8 & 0xff,
            distance >> 16 & 0xff
        };
    }

    /** Mapping pairs of several runs. */
    static int[] runs(int[]... runs) {
        return Arrays.stream(runs).flatMapToInt(Arrays::stream).toArray();
    }

    /** An $ATTRIBUTE_LIST of entries, each a type, a first cluster and a reference. */
    static byte[] list(long[]... entries) {
        ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (long[] entry : entries) {
            list.writeBytes(RawRecord.listEntry(entry[0], entry[1], entry[2], 0));
        }
        return resident(AttributeType.ATTRIBUTE_LIST, list.toByteArray());
    }

    /** The first of as many clusters that are free, one after the other. */
    int free(int clusters) throws IOException {
        ByteSource bitmap = open().file("/$Bitmap").orElseThrow();
        byte[] bits = bitmap.read(0, (int) bitmap.size());
        int found = 0;
        for (int cluster = 0; cluster < volume.length / CLUSTER; cluster++) {
            found = (bits[cluster / 8] >> cluster % 8 & 1) == 0 ? found + 1 : 0;
            if (found == clusters) {
                return cluster - clusters + 1;
            }
        }
        throw new AssertionError("no %d free clusters".formatted(clusters));
    }

    /** Marks clusters as used in $Bitmap. */
    HandMade use(int lcn, int clusters) throws IOException {
        long bitmap = walk().extents().stream()
                .filter(extent -> extent.path().equals("/$Bitmap"))
                .findFirst()
                .orElseThrow()
                .offset();
        for (int cluster = lcn; cluster < lcn + clusters; cluster++) {
            volume[(int) bitmap + cluster / 8] |= (byte) (1 << cluster % 8);
        }
        return this;
    }
}
