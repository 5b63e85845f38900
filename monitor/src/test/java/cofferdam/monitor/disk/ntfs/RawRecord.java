package cofferdam.monitor.disk.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Records of $MFT and their attributes as they lie on a volume, written for the tests. */
final class RawRecord {

    static final int IN_USE = 1;
    static final int FOLDER = 2;

    private static final int ARRAY_AT = 0x30;
    private static final int UPDATE_NUMBER = 7;

    private RawRecord() {}

    /** A record with these attributes, numbered in their order; its fixups are in place. */
    static byte[] of(
            int size,
            int number,
            int sequence,
            int links,
            int flags,
            long base,
            byte[]... attributes) {
        int start = start(size);
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(NtfsImage.ascii("FILE")).putShort((short) ARRAY_AT);
        bytes.putShort((short) (size / Fixups.STRIDE + 1));
        bytes.putShort(0x10, (short) sequence).putShort(0x12, (short) links);
        bytes.putShort(0x14, (short) start).putShort(0x16, (short) flags);
        bytes.putInt(0x1c, size).putLong(0x20, base);
        bytes.putShort(0x28, (short) attributes.length).putInt(0x2c, number);
        bytes.putShort(ARRAY_AT, (short) UPDATE_NUMBER).position(start);
        for (int id = 0; id < attributes.length; id++) {
            int at = bytes.position();
            bytes.put(attributes[id]).putShort(at + 0x0e, (short) id);
        }
        bytes.putInt(-1).putInt(0);
        bytes.putInt(0x18, bytes.position());
        protect(bytes, ARRAY_AT);
        return bytes.array();
    }

    /** Where the first attribute begins, in bytes. */
    static int start(int recordSize) {
        return (ARRAY_AT + 2 * (recordSize / Fixups.STRIDE + 1) + 7) / 8 * 8;
    }

    /**
     * Takes the fixups out of the way.
     *
     * @return where their array is, in bytes
     */
    static int unprotect(ByteBuffer bytes) {
        int array = bytes.getShort(4);
        for (int stride = 1; stride <= bytes.capacity() / Fixups.STRIDE; stride++) {
            bytes.putShort(stride * Fixups.STRIDE - 2, bytes.getShort(array + 2 * stride));
        }
        return array;
    }

    /** Puts the fixups in place, with their array there. */
    static void protect(ByteBuffer bytes, int array) {
        for (int stride = 1; stride <= bytes.capacity() / Fixups.STRIDE; stride++) {
            int at = stride * Fixups.STRIDE - 2;
            bytes.putShort(array + 2 * stride, bytes.getShort(at));
            bytes.putShort(at, bytes.getShort(array));
        }
    }

    /** A reference to a record of that sequence number. */
    static long reference(int record, int sequence) {
        return record | (long) sequence << 48;
    }

    /** The value of a $FILE_NAME. */
    static byte[] fileName(long parent, String name, int namespace, long size, int flags) {
        ByteBuffer value = ByteBuffer.allocate(0x42 + 2 * name.length());
        value.order(ByteOrder.LITTLE_ENDIAN).putLong(0, parent);
        value.putLong(0x28, size).putLong(0x30, size).putInt(0x38, flags);
        value.put(0x40, (byte) name.length()).put(0x41, (byte) namespace);
        value.position(0x42).asCharBuffer().put(name);
        return value.array();
    }

    /** A resident attribute. */
    static byte[] resident(long type, String name, byte[] value) {
        int valueAt = 0x18 + (2 * name.length() + 7) / 8 * 8;
        ByteBuffer bytes = attribute(type, name, 0x18, valueAt + value.length);
        bytes.putInt(0x10, value.length).putShort(0x14, (short) valueAt).put(valueAt, value);
        return bytes.array();
    }

    /**
     * The piece of a non-resident attribute that has these runs.
     *
     * @param flags those of {@link Attribute}
     * @param first the first cluster of this piece
     * @param allocated how many bytes all pieces are mapped to, holes included
     * @param stored how many bytes all pieces occupy
     */
    static byte[] mapped(
            long type,
            String name,
            int flags,
            RawRuns runs,
            long first,
            long size,
            long allocated,
            long stored) {
        int header = flags == 0 ? 0x40 : 0x48;
        int pairsAt = header + (2 * name.length() + 7) / 8 * 8;
        byte[] pairs = runs.pairs();
        ByteBuffer bytes = attribute(type, name, header, pairsAt + pairs.length);
        bytes.put(8, (byte) 1).putShort(0x0c, (short) flags);
        bytes.putLong(0x10, first).putLong(0x18, first + runs.clusters() - 1);
        bytes.putShort(0x20, (short) pairsAt);
        bytes.put(0x22, (byte) ((flags & Attribute.COMPRESSED) == 0 ? 0 : 4));
        if (first == 0) {
            bytes.putLong(0x28, allocated).putLong(0x30, size).putLong(0x38, size);
        }
        if (header > 0x40) {
            bytes.putLong(0x40, stored);
        }
        bytes.put(pairsAt, pairs);
        return bytes.array();
    }

    private static ByteBuffer attribute(long type, String name, int nameAt, int size) {
        int padded = (size + 7) / 8 * 8;
        ByteBuffer bytes = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt((int) type).putInt(padded);
        bytes.put(9, (byte) name.length()).putShort(0x0a, (short) nameAt);
        bytes.position(nameAt)
                .slice()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .put(name);
        return bytes;
    }

    /** An entry of an $ATTRIBUTE_LIST, for an attribute without name. */
    static byte[] listEntry(long type, long firstVcn, long reference, int id) {
        ByteBuffer bytes = ByteBuffer.allocate(0x20).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt((int) type).putShort((short) 0x20).put(7, (byte) 0x1a);
        bytes.putLong(8, firstVcn).putLong(0x10, reference).putShort(0x18, (short) id);
        return bytes.array();
    }
}
