package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.MalformedImageException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** One block of a directory. Source: ext4 layout, <i>Directory Entries</i>, linear. */
public final class DirectoryBlock {

    /** The length of the entry at a block's end that holds its checksum, in bytes. */
    public static final int TAIL = 12;

    /** The number that such an entry has for its kind. */
    public static final int TAIL_KIND = 0xde;

    private DirectoryBlock() {}

    /**
     * The entries of a block in their order, unused ones and the checksum's included. Names may be
     * anything; the entries cover the block without gap or overlap.
     *
     * @param hasKinds whether entries tell what kind of file they name
     * @throws MalformedImageException if the entries do not cover the block so, as {@link
     *     ExtProblem#BAD_DIRECTORY}
     */
    public static List<DirectoryEntry> entries(byte[] block, boolean hasKinds)
            throws MalformedImageException {
        List<DirectoryEntry> entries = new ArrayList<>();
        int offset = 0;
        while (offset < block.length) {
            DirectoryEntry entry = at(block, offset, hasKinds);
            entries.add(entry);
            offset += entry.length();
        }
        return entries;
    }

    private static DirectoryEntry at(byte[] block, int offset, boolean hasKinds)
            throws MalformedImageException {
        ByteBuffer raw = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        int left = raw.capacity() - offset;
        if (left < DirectoryEntry.HEADER) {
            throw malformed("%d bytes are left at %d".formatted(left, offset));
        }
        int length = length(Short.toUnsignedInt(raw.getShort(offset + 4)), raw.capacity());
        int second = raw.get(offset + 7) & 0xff;
        int nameLength = raw.get(offset + 6) & 0xff;
        if (!hasKinds && second != 0) {
            throw malformed("name longer than 255 bytes at %d".formatted(offset));
        }
        if (length % 4 != 0 || length > left || length < DirectoryEntry.needed(nameLength)) {
            throw malformed("entry of %d bytes with a name of %d at %d of a block"
                    .formatted(length, nameLength, offset));
        }
        long inode = Integer.toUnsignedLong(raw.getInt(offset));
        return new DirectoryEntry(block, offset, length, inode, nameLength, second);
    }

    /** Lengths of 64 KiB do not fit into two bytes: 0 and 65535 stand for the whole block. */
    private static int length(int stored, int blockSize) {
        return blockSize == (1 << 16) && (stored == 0 || stored == 0xffff) ? blockSize : stored;
    }

    /** Whether the entry is the one that holds the block's checksum. */
    public static boolean isTail(DirectoryEntry entry) {
        return entry.inode() == 0
                && entry.length() == TAIL
                && entry.nameLength() == 0
                && entry.kind() == TAIL_KIND
                && entry.offset() == entry.block().length - TAIL;
    }

    /** The checksum that belongs into the last four bytes of a block of this directory. */
    public static int checksum(Superblock superblock, Inode directory, byte[] block) {
        return Checksum.of(directory.checksumSeed(superblock), block, 0, block.length - TAIL);
    }

    /** Whether the checksum is right of a block that ends with {@linkplain #isTail a tail}. */
    public static boolean isChecksumRight(Superblock superblock, Inode directory, byte[] block) {
        int stored = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getInt(block.length - 4);
        return stored == checksum(superblock, directory, block);
    }

    private static MalformedImageException malformed(String detail) {
        return new MalformedImageException(ExtProblem.BAD_DIRECTORY, detail);
    }
}
