package cofferdam.monitor.disk.ext;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** What describes one file. Source: ext4 layout, <i>Index Nodes</i>. */
public final class Inode {

    /** How many bytes hold the map of blocks, or short content. */
    public static final int MAP_SIZE = 60;

    /** Where they begin, in bytes. */
    public static final int MAP_AT = 40;

    /** Flag: a directory with an index. */
    public static final int INDEXED = 0x1000;

    /** Flag: the map is a tree of extents. */
    public static final int EXTENTS = 0x80000;

    /** Flag: the content is an extended attribute's value. */
    public static final int ATTRIBUTE_VALUE = 0x200000;

    /** Flag: the content is in the inode itself. */
    public static final int INLINE = 0x10000000;

    /** Flag: the content is enciphered. */
    public static final int ENCRYPTED = 0x800;

    /** Flag: its space is counted in blocks, not in units of 512 bytes. */
    public static final int HUGE_FILE = 0x40000;

    private static final int BASE = 128;

    private final long number;
    private final byte[] bytes;
    private final ByteBuffer raw;

    /**
     * @param number its number, from 1
     * @param bytes its bytes as on disk, at least 128; not copied
     */
    public Inode(long number, byte[] bytes) {
        this.number = number;
        this.bytes = bytes;
        raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Its number, from 1. */
    public long number() {
        return number;
    }

    /** Type and permissions as POSIX has them. */
    public int mode() {
        return int16(0);
    }

    /** What kind of file it is. */
    public FileKind kind() {
        return FileKind.ofMode(mode());
    }

    /** The length of the content in bytes; may be absurd. */
    public long size() {
        long high = kind() == FileKind.REGULAR || kind() == FileKind.DIRECTORY ? int32(108) : 0;
        return int32(4) | (high << 32);
    }

    /** When it was deleted, in seconds since 1970; in the chain of orphans, the next inode. */
    public long deletionTime() {
        return int32(20);
    }

    /** How many names it has. */
    public int links() {
        return int16(26);
    }

    /** How much space it takes: units of 512 bytes, or blocks with {@link #HUGE_FILE}. */
    public long sectors() {
        return int32(28) | ((long) int16(116) << 32);
    }

    /** Whether a flag is set. */
    public boolean is(int flag) {
        return (raw.getInt(32) & flag) != 0;
    }

    /** The block of its extended attributes; 0 for none. */
    public long attributeBlock() {
        return int32(104) | ((long) int16(118) << 32);
    }

    /** Its generation. */
    public int generation() {
        return raw.getInt(100);
    }

    /** How many bytes behind the first 128 hold fields; what follows are extended attributes. */
    public int extraSize() {
        return bytes.length > BASE ? int16(BASE) : 0;
    }

    /** The map of blocks, or short content: 60 bytes. */
    public byte[] map() {
        return Arrays.copyOfRange(bytes, MAP_AT, MAP_AT + MAP_SIZE);
    }

    /** Whether a symbolic link's target is in the inode itself. */
    public boolean isShortLink() {
        return kind() == FileKind.LINK
                && size() < MAP_SIZE
                && !is(EXTENTS)
                && sectors() == 0
                && !is(INLINE);
    }

    /** Whether all of its bytes are zero. */
    public boolean isEmpty() {
        for (byte octet : bytes) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    /** What the checksums of its directory blocks and extent blocks begin with. */
    public int checksumSeed(Superblock superblock) {
        return Checksum.of(Checksum.of(superblock.checksumSeed(), (int) number), generation());
    }

    /** Whether its checksum is right; true where it has none. */
    public boolean isChecksumRight(Superblock superblock) {
        if (!superblock.has(Feature.METADATA_CHECKSUM)) {
            return true;
        }
        int actual = checksum(superblock);
        int stored = int16(124) | (hasWideChecksum() ? int16(130) << 16 : 0);
        return hasWideChecksum() ? stored == actual : stored == (actual & 0xffff);
    }

    /** Whether there is room for a checksum of four bytes instead of two. */
    public boolean hasWideChecksum() {
        return extraSize() >= 4;
    }

    /** The checksum that belongs to it; two bytes go to byte 124, two more to byte 130. */
    public int checksum(Superblock superblock) {
        byte[] blank = bytes.clone();
        Arrays.fill(blank, 124, 126, (byte) 0);
        if (hasWideChecksum()) {
            Arrays.fill(blank, 130, 132, (byte) 0);
        }
        return Checksum.of(checksumSeed(superblock), blank);
    }

    /** A copy of its bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    private int int16(int offset) {
        return Short.toUnsignedInt(raw.getShort(offset));
    }

    private long int32(int offset) {
        return Integer.toUnsignedLong(raw.getInt(offset));
    }
}
