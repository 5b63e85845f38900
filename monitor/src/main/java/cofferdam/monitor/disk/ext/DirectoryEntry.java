package cofferdam.monitor.disk.ext;

import java.util.Arrays;

/**
 * One name in a block of a directory. Source: ext4 layout, <i>Directory Entries</i>, linear.
 *
 * @param block the bytes of the block, not copied
 * @param offset where the entry begins in it
 * @param length how many bytes it takes, its slack included
 * @param inode 0 where it is unused
 * @param nameLength in bytes
 * @param kind the number of its {@link FileKind}; 0 where the file system does not tell
 */
@SuppressWarnings("ArrayRecordComponent") // a view of the block, compared with nothing
public record DirectoryEntry(
        byte[] block, int offset, int length, long inode, int nameLength, int kind) {

    /** The bytes before the name. */
    public static final int HEADER = 8;

    /** The longest name in bytes. */
    public static final int LONGEST_NAME = 255;

    /** The name's bytes, which can be anything. */
    public byte[] name() {
        int start = offset + HEADER;
        return Arrays.copyOfRange(block, start, start + nameLength);
    }

    /** The bytes that an entry with a name of this length needs: a multiple of four. */
    public static int needed(int nameLength) {
        return (HEADER + nameLength + 3) & ~3;
    }

    /** The bytes that this entry needs itself; the rest up to its length is slack. */
    public int needed() {
        return inode == 0 ? 0 : needed(nameLength);
    }
}
