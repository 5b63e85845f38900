package cofferdam.monitor.disk.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Content that is stored in its inode: the first 60 bytes in place of the map, the rest as the value
 * of an extended attribute. Source: ext4 layout, <i>Inline Data</i> and <i>Extended Attributes</i>.
 *
 * @param first how many bytes are in place of the map
 * @param restAt where in the inode the rest begins, in bytes
 * @param rest how many bytes the rest has
 */
record InlineData(int first, int restAt, int rest) {

    private static final int ATTRIBUTES_MAGIC = 0xea020000;
    private static final int ENTRY = 16;
    private static final int SYSTEM = 7;
    private static final int NAME = 0x61746164; // "data"
    private static final int BASE = 128;

    static InlineData of(Inode inode) {
        int first = Math.clamp(inode.size(), 0, Inode.MAP_SIZE);
        ByteBuffer raw = ByteBuffer.wrap(inode.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int start = BASE + inode.extraSize();
        if (start > raw.capacity() - 4 || raw.getInt(start) != ATTRIBUTES_MAGIC) {
            return new InlineData(first, 0, 0);
        }
        start += 4;
        int at = start;
        while (at <= raw.capacity() - ENTRY && raw.getInt(at) != 0) {
            int nameLength = raw.get(at) & 0xff;
            if (isData(raw, at, nameLength)) {
                int offset = start + Short.toUnsignedInt(raw.getShort(at + 2));
                int size = raw.getInt(at + 8);
                boolean inside = size >= 0 && offset <= raw.capacity() - size;
                return inside ? new InlineData(first, offset, size) : new InlineData(first, 0, 0);
            }
            at += (ENTRY + nameLength + 3) & ~3;
        }
        return new InlineData(first, 0, 0);
    }

    private static boolean isData(ByteBuffer raw, int at, int nameLength) {
        return nameLength == 4
                && raw.get(at + 1) == SYSTEM
                && raw.getInt(at + 4) == 0
                && at <= raw.capacity() - ENTRY - 4
                && raw.getInt(at + ENTRY) == NAME;
    }

    /** The content, at most as long as the inode says. */
    byte[] content(Inode inode) {
        byte[] bytes = inode.toByteArray();
        int restUsed = Math.clamp(inode.size() - first, 0, rest);
        byte[] content = new byte[first + restUsed];
        System.arraycopy(bytes, Inode.MAP_AT, content, 0, first);
        System.arraycopy(bytes, restAt, content, first, restUsed);
        return content;
    }
}
