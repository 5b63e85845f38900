package cofferdam.monitor.disk.qcow2;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.qcow2.Qcow2Options.Backing;
import cofferdam.monitor.disk.qcow2.Qcow2Options.Encryption;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Lays out a new image: header, refcount table, one refcount block, L1 table, LUKS header. */
final class Qcow2Creation {

    private static final int REFCOUNT_ORDER = 4;
    private static final int MOST_BACKING_NAME = 1023;

    private final ImageFile file;
    private final long size;
    private final Qcow2Options options;
    private final Layout layout;

    Qcow2Creation(ImageFile file, long size, Qcow2Options options) throws MalformedImageException {
        if (size <= 0 || size % BlockDevice.SECTOR != 0) {
            throw new IllegalArgumentException("a disk of %d bytes".formatted(size));
        }
        this.file = file;
        this.size = size;
        this.options = options;
        layout = new Layout(options.clusterBits(), false);
        if (size > Qcow2Header.MOST_SIZE
                || layout.l1Entries(size) > Qcow2Header.MOST_L1 / Long.BYTES) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "a disk of %d bytes with clusters of %d".formatted(size, layout.clusterSize()));
        }
    }

    /** Writes all of it; what the file held is gone. */
    void run() throws IOException {
        int cluster = layout.clusterSize();
        file.resize(0);
        file.resize(3L * cluster);
        byte[] header = header();
        BigEndian.put(header, 48, (long) cluster);
        BigEndian.put(header, 56, 1);
        file.write(0, header);
        byte[] block = new byte[Long.BYTES];
        BigEndian.put(block, 0, 2L * cluster);
        file.write(cluster, block);
        file.write(2L * cluster, new byte[] {0, 1, 0, 1, 0, 1});

        Allocator allocator = new Allocator(file, Qcow2Header.read(file), false);
        long l1Entries = layout.l1Entries(size);
        long l1 = allocator.allocateZeroed(l1Entries * Long.BYTES);
        byte[] extensions = extensions(allocator);
        byte[] fields = new byte[12];
        BigEndian.put(fields, 0, (int) l1Entries);
        BigEndian.put(fields, 4, l1);
        file.write(36, fields);
        file.write(header.length, extensions);
        writeBackingName(header.length + extensions.length);
    }

    private byte[] header() {
        boolean isThree = options.version() == 3;
        byte[] header = new byte[isThree ? Qcow2Header.LENGTH_3 : Qcow2Header.LENGTH_2];
        BigEndian.put(header, 0, Qcow2Header.MAGIC);
        BigEndian.put(header, 4, options.version());
        BigEndian.put(header, 20, layout.clusterBits());
        BigEndian.put(header, 24, size);
        BigEndian.put(header, 32, options.encryption() == null ? 0 : 2);
        if (isThree) {
            BigEndian.put(header, 96, REFCOUNT_ORDER);
            BigEndian.put(header, 100, header.length);
        }
        return header;
    }

    private byte[] extensions(Allocator allocator) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Backing backing = options.backing();
        if (backing != null) {
            byte[] format = backing.format().getBytes(StandardCharsets.UTF_8);
            all.writeBytes(extension(HeaderExtensions.BACKING_FORMAT, format));
        }
        Encryption encryption = options.encryption();
        if (encryption != null) {
            byte[] header = encryption.header();
            long offset = allocator.allocateZeroed(header.length);
            file.write(offset, header);
            byte[] place = new byte[16];
            BigEndian.put(place, 0, offset);
            BigEndian.put(place, 8, (long) header.length);
            all.writeBytes(extension(HeaderExtensions.ENCRYPTION, place));
        }
        all.writeBytes(new byte[8]);
        return all.toByteArray();
    }

    private static byte[] extension(int type, byte[] data) {
        byte[] bytes = new byte[(8 + data.length + 7) & ~7];
        BigEndian.put(bytes, 0, type);
        BigEndian.put(bytes, 4, data.length);
        System.arraycopy(data, 0, bytes, 8, data.length);
        return bytes;
    }

    private void writeBackingName(int at) throws IOException {
        Backing backing = options.backing();
        byte[] name =
                backing == null ? new byte[0] : backing.name().getBytes(StandardCharsets.UTF_8);
        if (name.length > MOST_BACKING_NAME || at + name.length > layout.clusterSize()) {
            throw new MalformedImageException(
                    CommonProblem.LIMIT,
                    "a backing file's name of %d bytes".formatted(name.length));
        }
        if (backing == null) {
            return;
        }
        byte[] place = new byte[12];
        BigEndian.put(place, 0, (long) at);
        BigEndian.put(place, 8, name.length);
        file.write(8, place);
        file.write(at, name);
    }
}
