package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.ext.FileKind;
import cofferdam.monitor.disk.ext.Inode;
import cofferdam.monitor.disk.ext.Superblock;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** An inode that is being changed. Source: ext4 layout, <i>Index Nodes</i>. */
final class InodeImage {

    private static final int BASE = 128;
    private static final int EXTRA_SIZE = 32;

    private final long number;
    private final byte[] bytes;
    private final ByteBuffer raw;

    InodeImage(long number, byte[] bytes) {
        this.number = number;
        this.bytes = bytes;
        raw = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A new inode; nothing of what was there before stays. */
    static InodeImage fresh(long number, int size, FileKind kind, Attributes attributes) {
        InodeImage image = new InodeImage(number, new byte[size]);
        if (size > BASE) {
            image.raw.putShort(BASE, (short) EXTRA_SIZE);
        }
        image.setAttributes(kind, attributes);
        return image;
    }

    /** It as it is now; later changes show. */
    Inode view() {
        return new Inode(number, bytes);
    }

    long number() {
        return number;
    }

    void setAttributes(FileKind kind, Attributes attributes) {
        raw.putShort(0, (short) (kind.mode() | attributes.permissions()));
        raw.putShort(2, (short) attributes.user());
        raw.putShort(120, (short) (attributes.user() >>> 16));
        raw.putShort(24, (short) attributes.group());
        raw.putShort(122, (short) (attributes.group() >>> 16));
    }

    void setSize(long size) {
        raw.putInt(4, (int) size);
        raw.putInt(108, (int) (size >>> 32));
    }

    void setSectors(long sectors) {
        raw.putInt(28, (int) sectors);
    }

    void setLinks(int links) {
        raw.putShort(26, (short) links);
    }

    void setFlag(int flag) {
        raw.putInt(32, raw.getInt(32) | flag);
    }

    /** The 60 bytes of its map of blocks, to change in place. */
    ByteBuffer map() {
        return raw.slice(Inode.MAP_AT, Inode.MAP_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    }

    void setCreated(long seconds) {
        setTime(8, 140, seconds);
        setChanged(seconds);
        if (bytes.length > BASE) {
            setTime(144, 148, seconds);
        }
    }

    void setChanged(long seconds) {
        setTime(12, 132, seconds);
        setTime(16, 136, seconds);
    }

    void setDeleted(long seconds) {
        setTime(12, 132, seconds);
        raw.putInt(20, (int) seconds);
    }

    /** The extra field's two lowest bits carry the seconds on from 2038. */
    private void setTime(int at, int extraAt, long seconds) {
        raw.putInt(at, (int) seconds);
        if (bytes.length > BASE) {
            raw.putInt(extraAt, (int) ((seconds - (int) seconds) >>> 32) & 3);
        }
    }

    /** Its bytes with the checksum that belongs to them. */
    byte[] sealed(Superblock superblock) {
        Volume.seal(superblock, view(), raw);
        return bytes;
    }
}
