package cofferdam.monitor.image;

import cofferdam.monitor.disk.ImageFile;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** An image file on this computer, whose size nobody else changes while it is open here. */
public final class FileOnDisk implements ImageFile, AutoCloseable {

    private static final Set<PosixFilePermission> OWNERS_ALONE =
            PosixFilePermissions.fromString("rw-------");

    private final FileChannel channel;
    private long size;

    private FileOnDisk(FileChannel channel) throws IOException {
        this.channel = channel;
        size = channel.size();
    }

    /**
     * A new empty file that only this user may read.
     *
     * @throws java.nio.file.FileAlreadyExistsException if there is one of that name
     * @throws IOException if it cannot be made
     */
    public static FileOnDisk create(Path path) throws IOException {
        return new FileOnDisk(FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNERS_ALONE)));
    }

    /**
     * A file that is there; symbolic links are not followed.
     *
     * @throws IOException if it cannot be opened
     */
    public static FileOnDisk open(Path path) throws IOException {
        return new FileOnDisk(FileChannel.open(
                path,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS));
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, into.length);
        requireInside(offset, count);
        ByteBuffer buffer = ByteBuffer.wrap(into, start, count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position() - start) < 0) {
                throw new EOFException("the file was cut while it was read");
            }
        }
    }

    @Override
    public void write(long offset, byte[] from, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, from.length);
        ByteBuffer buffer = ByteBuffer.wrap(from, start, count);
        while (buffer.hasRemaining()) {
            channel.write(buffer, offset + buffer.position() - start);
        }
        size = Math.max(size, offset + count);
    }

    @Override
    public void resize(long wanted) throws IOException {
        if (wanted < size) {
            channel.truncate(wanted);
            size = wanted;
        } else if (wanted > size) {
            write(wanted - 1, new byte[1]);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
