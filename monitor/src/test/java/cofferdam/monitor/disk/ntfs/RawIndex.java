package cofferdam.monitor.disk.ntfs;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A folder's index of one block, written for the tests. */
final class RawIndex {

    static final String NAME = "$I30";
    static final int SIZE = 4096;

    private static final int HEADER_AT = 0x18;
    private static final int ARRAY_AT = 0x28;
    private static final int ENTRIES_AT = 0x40;
    private static final int KEY_AT = 0x10;

    /** Names are in the order of their capitals, and of themselves where those are the same. */
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::capitals).thenComparing(Entry::name);

    private final List<Entry> entries = new ArrayList<>();

    private record Entry(long reference, byte[] key) {

        String name() {
            return new String(key, 0x42, key.length - 0x42, StandardCharsets.UTF_16LE);
        }

        String capitals() {
            StringBuilder capitals = new StringBuilder();
            name().chars().forEach(unit -> capitals.append(Character.toUpperCase((char) unit)));
            return capitals.toString();
        }
    }

    /** What stands in a block; of one never written, nothing. */
    static RawIndex read(ByteBuffer block) {
        RawIndex index = new RawIndex();
        if (block.getInt(0) == 0) {
            return index;
        }
        RawRecord.unprotect(block);
        int at = HEADER_AT + block.getInt(HEADER_AT);
        while ((block.getShort(at + 0x0c) & 2) == 0) {
            byte[] key = new byte[block.getShort(at + 0x0a)];
            block.get(at + KEY_AT, key);
            index.add(block.getLong(at), key);
            at += block.getShort(at + 8);
        }
        return index;
    }

    /** Adds an entry, whose key is the value of a $FILE_NAME. */
    void add(long reference, byte[] key) {
        entries.add(new Entry(reference, key));
    }

    /** The block; its fixups are in place. */
    byte[] block() {
        entries.sort(ORDER);
        ByteBuffer block = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        block.put(NtfsImage.ascii("INDX")).putShort((short) ARRAY_AT);
        block.putShort((short) (SIZE / Fixups.STRIDE + 1));
        block.putInt(HEADER_AT, ENTRIES_AT - HEADER_AT).putInt(0x20, SIZE - HEADER_AT);
        block.putShort(ARRAY_AT, (short) 1).position(ENTRIES_AT);
        for (Entry entry : entries) {
            int size = (KEY_AT + entry.key.length + 7) / 8 * 8;
            int at = block.position();
            block.putLong(entry.reference).putShort((short) size);
            block.putShort((short) entry.key.length).putInt(0).put(entry.key);
            block.position(at + size);
        }
        block.putLong(0).putInt(0x10).putInt(2);
        block.putInt(0x1c, block.position() - HEADER_AT);
        RawRecord.protect(block, ARRAY_AT);
        return block.array();
    }

    /** The value of an $INDEX_ROOT that leads to the block. */
    static byte[] root(int clusterSize) {
        ByteBuffer root = ByteBuffer.allocate(0x38).order(ByteOrder.LITTLE_ENDIAN);
        root.putInt((int) AttributeType.FILE_NAME).putInt(1).putInt(SIZE);
        root.put((byte) (clusterSize > SIZE ? SIZE / 512 : SIZE / clusterSize));
        root.putInt(0x10, 0x10).putInt(0x14, 0x28).putInt(0x18, 0x28).putInt(0x1c, 1);
        root.putShort(0x28, (short) 0x18).putInt(0x2c, 3);
        return root.array();
    }
}
