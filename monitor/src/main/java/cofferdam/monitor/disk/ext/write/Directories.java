package cofferdam.monitor.disk.ext.write;

import cofferdam.monitor.disk.CommonProblem;
import cofferdam.monitor.disk.MalformedImageException;
import cofferdam.monitor.disk.ext.DirectoryBlock;
import cofferdam.monitor.disk.ext.DirectoryEntry;
import cofferdam.monitor.disk.ext.ExtProblem;
import cofferdam.monitor.disk.ext.Feature;
import cofferdam.monitor.disk.ext.FileKind;
import cofferdam.monitor.disk.ext.Inode;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The names in directories. Source: ext4 layout, <i>Directory Entries</i>, linear. */
final class Directories {

    private static final byte[] SELF = {'.'};
    private static final byte[] PARENT = {'.', '.'};

    private final Volume volume;
    private final Contents contents;

    Directories(Volume volume, Contents contents) {
        this.volume = volume;
        this.contents = contents;
    }

    /** A place in a directory. */
    @SuppressWarnings("ArrayRecordComponent") // compared with nothing
    private record Place(long block, byte[] bytes, DirectoryEntry entry, int previous) {}

    /** Asked about each entry, whether it is the one. */
    private interface Test {
        boolean isIt(DirectoryEntry entry);
    }

    private Optional<Place> first(Inode directory, Test test) throws IOException {
        for (long block : contents.blocks(directory).data()) {
            byte[] bytes = volume.readBlock(block);
            int previous = -1;
            for (DirectoryEntry entry : entries(directory, bytes)) {
                if (test.isIt(entry)) {
                    return Optional.of(new Place(block, bytes, entry, previous));
                }
                previous = entry.offset();
            }
        }
        return Optional.empty();
    }

    private List<DirectoryEntry> entries(Inode directory, byte[] bytes) throws IOException {
        List<DirectoryEntry> entries =
                DirectoryBlock.entries(bytes, volume.superblock().has(Feature.FILETYPE));
        if (!volume.hasChecksums() || directory.is(Inode.INDEXED)) {
            return entries;
        }
        if (!DirectoryBlock.isTail(entries.getLast())
                || !DirectoryBlock.isChecksumRight(volume.superblock(), directory, bytes)) {
            throw new MalformedImageException(
                    ExtProblem.BAD_CHECKSUM,
                    "a block of directory %d".formatted(directory.number()));
        }
        return entries;
    }

    private static boolean isNamed(DirectoryEntry entry, byte[] name) {
        return entry.inode() != 0 && Arrays.equals(entry.name(), name);
    }

    /** The inode of this name. */
    Optional<Long> find(Inode directory, byte[] name) throws IOException {
        return first(directory, entry -> isNamed(entry, name))
                .map(place -> place.entry().inode());
    }

    /** The names in it, without dot and dot-dot, in their order on disk. */
    List<byte[]> names(Inode directory) throws IOException {
        List<byte[]> names = new ArrayList<>();
        first(directory, entry -> {
            if (entry.inode() != 0 && !isDot(entry)) {
                names.add(entry.name());
            }
            return false;
        });
        return names;
    }

    private static boolean isDot(DirectoryEntry entry) {
        return isNamed(entry, SELF) || isNamed(entry, PARENT);
    }

    boolean isEmpty(Inode directory) throws IOException {
        return first(directory, entry -> entry.inode() != 0 && !isDot(entry)).isEmpty();
    }

    /** Makes the first block of a new directory, and writes its inode. */
    void create(InodeImage directory, long parent) throws IOException {
        long block = contents.extend(directory);
        byte[] bytes = empty();
        put(bytes, 0, DirectoryEntry.needed(1), directory.number(), SELF, FileKind.DIRECTORY);
        int second = DirectoryEntry.needed(1);
        put(bytes, second, usable() - second, parent, PARENT, FileKind.DIRECTORY);
        volume.writeInode(directory);
        write(directory.view(), block, bytes);
    }

    /** Makes sure that a name of this length fits, and writes the directory's inode if it grows. */
    void reserve(InodeImage directory, int nameLength) throws IOException {
        requirePlain(directory.view());
        if (room(directory.view(), nameLength).isPresent()) {
            return;
        }
        long block = contents.extend(directory);
        byte[] bytes = empty();
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putShort(4, (short) usable());
        write(directory.view(), block, bytes);
        volume.writeInode(directory);
    }

    private Optional<Place> room(Inode directory, int nameLength) throws IOException {
        int needed = DirectoryEntry.needed(nameLength);
        return first(
                directory,
                entry ->
                        !DirectoryBlock.isTail(entry) && entry.length() - entry.needed() >= needed);
    }

    private static void requirePlain(Inode directory) throws MalformedImageException {
        if (directory.is(Inode.INDEXED)) {
            throw new MalformedImageException(
                    CommonProblem.NOT_READ, "index of directory %d".formatted(directory.number()));
        }
    }

    /** Adds a name for which there is {@linkplain #reserve room}. */
    void add(Inode directory, byte[] name, long inode, FileKind kind) throws IOException {
        Place place = room(directory, name.length)
                .orElseThrow(() -> new MalformedImageException(
                        ExtProblem.BAD_DIRECTORY, "room for a name is gone"));
        DirectoryEntry entry = place.entry();
        int used = entry.needed();
        if (used > 0) {
            ByteBuffer.wrap(place.bytes())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort(entry.offset() + 4, (short) used);
        }
        put(place.bytes(), entry.offset() + used, entry.length() - used, inode, name, kind);
        write(directory, place.block(), place.bytes());
    }

    /**
     * Takes a name away as Linux does: the entry before it takes its space, and its bytes stay. ext2
     * clears the number of the inode; ext4 did not until Linux 5.13, and is taken at its older
     * behaviour here.
     */
    void remove(Inode directory, byte[] name) throws IOException {
        requirePlain(directory);
        Place place = first(directory, entry -> isNamed(entry, name))
                .orElseThrow(() ->
                        new MalformedImageException(ExtProblem.BAD_DIRECTORY, "a name is gone"));
        ByteBuffer raw = ByteBuffer.wrap(place.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        DirectoryEntry entry = place.entry();
        if (place.previous() >= 0) {
            int end = entry.offset() + entry.length();
            raw.putShort(place.previous() + 4, (short) (end - place.previous()));
        }
        if (place.previous() < 0 || !volume.superblock().has(Feature.EXTENTS)) {
            raw.putInt(entry.offset(), 0);
        }
        write(directory, place.block(), place.bytes());
    }

    private int usable() {
        return volume.blockSize() - (volume.hasChecksums() ? DirectoryBlock.TAIL : 0);
    }

    private byte[] empty() {
        ByteBuffer raw = ByteBuffer.allocate(volume.blockSize()).order(ByteOrder.LITTLE_ENDIAN);
        if (volume.hasChecksums()) {
            raw.putShort(usable() + 4, (short) DirectoryBlock.TAIL);
            raw.put(usable() + 7, (byte) DirectoryBlock.TAIL_KIND);
        }
        return raw.array();
    }

    private static void put(
            byte[] block, int offset, int length, long inode, byte[] name, FileKind kind) {
        ByteBuffer raw = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        raw.putInt(offset, (int) inode);
        raw.putShort(offset + 4, (short) length);
        raw.put(offset + 6, (byte) name.length);
        raw.put(offset + 7, (byte) kind.entry());
        raw.put(offset + DirectoryEntry.HEADER, name);
    }

    private void write(Inode directory, long block, byte[] bytes) throws IOException {
        if (volume.hasChecksums()) {
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(
                            bytes.length - 4,
                            DirectoryBlock.checksum(volume.superblock(), directory, bytes));
        }
        volume.writeBlock(block, bytes);
    }
}
