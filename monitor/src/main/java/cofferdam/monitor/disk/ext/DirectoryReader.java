package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.Problem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Reads directories entry by entry, also those that have an index (the index is made to look like
 * unused entries) and those inside their inode. Source: ext4 layout, <i>Directory Entries</i> and
 * <i>Inline Directories</i>.
 */
final class DirectoryReader {

    private static final int INLINE_PARENT = 4;
    /** After so many blocks without entries the rest of a directory is not read. */
    private static final int MOST_BAD = 16;

    private static final int HIGHEST_KIND = 7;

    private final ByteSource partition;
    private final Superblock superblock;
    private final BlockSet seen;

    /** @param seen blocks of directories and of their maps; each is read once */
    DirectoryReader(ByteSource partition, Superblock superblock, BlockSet seen) {
        this.partition = partition;
        this.superblock = superblock;
        this.seen = seen;
    }

    /** Told what a directory holds. */
    interface Visitor {

        /** A name; dot and dot-dot at the directory's beginning are left out. */
        void entry(DirectoryEntry entry) throws IOException;

        /** What looks like a name that was deleted. */
        void deleted(DirectoryEntry entry) throws IOException;

        /** Something wrong with the directory. */
        void problem(Problem problem) throws IOException;
    }

    void read(Inode directory, Visitor visitor) throws IOException {
        if (directory.is(Inode.INLINE)) {
            readInline(directory, visitor);
            return;
        }
        new FileBlocks(partition, superblock).visit(directory, new BlockVisitor() {
            private int bad;

            @Override
            public void data(long logical, long physical, long count, boolean written)
                    throws IOException {
                for (long at = 0; at < count && written && bad < MOST_BAD; at++) {
                    boolean isGood = !seen.add(physical + at)
                            || readBlock(directory, physical + at, logical + at, visitor);
                    bad += isGood ? 0 : 1;
                }
            }

            @Override
            public boolean index(long block) {
                return seen.add(block);
            }

            @Override
            public void problem(Problem problem) throws IOException {
                visitor.problem(problem);
            }
        });
    }

    private void readInline(Inode directory, Visitor visitor) throws IOException {
        byte[] bytes = directory.toByteArray();
        byte[] map = Arrays.copyOfRange(
                bytes, Inode.MAP_AT + INLINE_PARENT, Inode.MAP_AT + Inode.MAP_SIZE);
        tell(directory, map, false, visitor);
        InlineData inline = InlineData.of(directory);
        if (inline.rest() > 0) {
            int end = inline.restAt() + inline.rest();
            tell(directory, Arrays.copyOfRange(bytes, inline.restAt(), end), false, visitor);
        }
    }

    /** Whether its entries are entries. */
    private boolean readBlock(Inode directory, long block, long logical, Visitor visitor)
            throws IOException {
        byte[] bytes = partition.read(block * superblock.blockSize(), superblock.blockSize());
        boolean isFirst = logical == 0;
        boolean isIndex = directory.is(Inode.INDEXED) && (isFirst || isIndexNode(bytes));
        if (!isIndex
                && superblock.has(Feature.METADATA_CHECKSUM)
                && !DirectoryBlock.isChecksumRight(superblock, directory, bytes)) {
            visitor.problem(FileBlocks.problem(
                    ExtProblem.BAD_CHECKSUM, directory, "directory block %d".formatted(block)));
        }
        return tell(directory, bytes, isFirst, visitor);
    }

    /** One that spans the block, is unused and has no name. */
    private static boolean isIndexNode(byte[] bytes) {
        ByteBuffer raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        return raw.getInt(0) == 0
                && raw.get(6) == 0
                && Short.toUnsignedInt(raw.getShort(4)) >= Math.min(bytes.length, 0xffff);
    }

    private boolean tell(Inode directory, byte[] bytes, boolean hasDots, Visitor visitor)
            throws IOException {
        List<DirectoryEntry> entries;
        try {
            entries = DirectoryBlock.entries(bytes, superblock.has(Feature.FILETYPE));
        } catch (MalformedImageException e) {
            visitor.problem(FileBlocks.problem(
                    e.problem().kind(), directory, e.problem().detail()));
            return false;
        }
        for (int at = 0; at < entries.size(); at++) {
            DirectoryEntry entry = entries.get(at);
            if (entry.inode() != 0 && !(hasDots && isDot(entry, at))) {
                visitor.entry(entry);
            }
            boolean isIndex = directory.is(Inode.INDEXED) && (hasDots || entry.nameLength() == 0);
            if (!isIndex) {
                slack(entry, visitor);
            }
        }
        return true;
    }

    private static boolean isDot(DirectoryEntry entry, int at) {
        byte[] name = entry.name();
        return at < 2 && name.length == at + 1 && name[0] == '.' && name[at] == '.';
    }

    /** Looks for names between the end of an entry's own and the end of its space. */
    private void slack(DirectoryEntry entry, Visitor visitor) throws IOException {
        int end = entry.offset() + entry.length();
        int at = entry.offset() + entry.needed();
        while (at <= end - DirectoryEntry.needed(1)) {
            DirectoryEntry found = plausible(entry.block(), at, end);
            if (found.nameLength() > 0) {
                visitor.deleted(found);
                at += DirectoryEntry.needed(found.nameLength());
            } else {
                at += 4;
            }
        }
    }

    /** What would be an entry here; its name is empty if it cannot be one. */
    private DirectoryEntry plausible(byte[] block, int at, int end) {
        ByteBuffer raw = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        long inode = Integer.toUnsignedLong(raw.getInt(at));
        int length = Short.toUnsignedInt(raw.getShort(at + 4));
        int nameLength = raw.get(at + 6) & 0xff;
        int kind = raw.get(at + 7) & 0xff;
        DirectoryEntry entry = new DirectoryEntry(block, at, length, inode, nameLength, kind);
        boolean isPlausible = inode <= superblock.inodes()
                && kind <= HIGHEST_KIND
                && length % 4 == 0
                && length >= DirectoryEntry.needed(nameLength)
                && at + length <= block.length
                && at + DirectoryEntry.HEADER + nameLength <= end;
        return isPlausible && isName(entry.name())
                ? entry
                : new DirectoryEntry(block, at, length, inode, 0, kind);
    }

    /** Whether a file can have the name: not empty, no slash, no NUL, not dot or dot-dot. */
    static boolean isName(byte[] name) {
        for (byte octet : name) {
            if (octet == 0 || octet == '/') {
                return false;
            }
        }
        boolean isDots = name.length <= 2
                && name.length > 0
                && name[0] == '.'
                && name[name.length - 1] == '.';
        return name.length > 0 && !isDots;
    }
}
