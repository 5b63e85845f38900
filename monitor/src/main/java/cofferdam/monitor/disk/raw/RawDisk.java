package cofferdam.monitor.disk.raw;

import cofferdam.monitor.disk.BlockDevice;
import cofferdam.monitor.disk.ImageFile;
import cofferdam.monitor.disk.MalformedImageException;

import java.io.IOException;

/** A disk whose bytes lie in a file one for one, from an offset on that is 0 for a raw image. */
public final class RawDisk implements BlockDevice {

    private final ImageFile file;
    private final long start;
    private final long size;

    private RawDisk(ImageFile file, long start, long size) {
        this.file = file;
        this.start = start;
        this.size = size;
    }

    /**
     * Gives the file the size of the disk, preallocated: all zeros, unless the storage hands out
     * space that it does not clear.
     *
     * @param size in bytes, a multiple of {@link #SECTOR}
     * @throws IllegalArgumentException if it is not
     * @throws IOException if the file cannot be written
     */
    public static RawDisk create(ImageFile file, long size) throws IOException {
        requireSectors(size);
        file.resize(0);
        file.allocate(size);
        return new RawDisk(file, 0, size);
    }

    /** The whole file as a disk; what is left behind the last full sector is not part of it. */
    public static RawDisk open(ImageFile file) {
        return new RawDisk(file, 0, file.size() / SECTOR * SECTOR);
    }

    /**
     * A part of a file as a disk, for containers that keep the disk's bytes in one piece.
     *
     * @param start where the disk begins in the file, in bytes
     * @param size in bytes
     * @throws MalformedImageException if the part is not inside the file
     */
    public static RawDisk within(ImageFile file, long start, long size)
            throws MalformedImageException {
        file.requireInside(start, size);
        return new RawDisk(file, start, size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int from, int count) throws IOException {
        requireInside(offset, count);
        file.read(start + offset, into, from, count);
    }

    @Override
    public void write(long offset, byte[] bytes, int from, int count) throws IOException {
        requireInside(offset, count);
        file.write(start + offset, bytes, from, count);
    }

    /** Does nothing: every write reaches the file at once. */
    @Override
    public void flush() {}

    /**
     * Fails unless the size is one that a disk can have.
     *
     * @param size in bytes
     * @throws IllegalArgumentException if it is negative or not a multiple of {@link #SECTOR}
     */
    public static void requireSectors(long size) {
        if (size < 0 || size % SECTOR != 0) {
            throw new IllegalArgumentException(
                    "a disk of %d bytes is not made of whole sectors".formatted(size));
        }
    }
}
