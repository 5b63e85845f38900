package cofferdam.analysis.audit;

import cofferdam.monitor.disk.ByteSource;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/** A regular file on this host, opened for reading alone; parts of it can be mapped into memory. */
final class MappedFile implements ByteSource, AutoCloseable {

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final FileTime modified;
    private final Object key;

    private MappedFile(Path path, FileChannel channel, BasicFileAttributes attributes)
            throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
        this.modified = attributes.lastModifiedTime();
        this.key = keyOf(path, attributes);
    }

    /**
     * Opens the file.
     *
     * @throws IOException if it is not there, not a regular file, or cannot be read; the message
     *     says which, without the path
     */
    static MappedFile open(Path path) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new IOException("there is no such file", e);
        }
        if (attributes.isDirectory()) {
            throw new IOException("it is a folder, not a file");
        }
        if (!attributes.isRegularFile()) {
            throw new IOException("it is not a regular file");
        }
        if (!Files.isReadable(path)) {
            throw new IOException("it may not be read");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new MappedFile(path, channel, attributes);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Object keyOf(Path path, BasicFileAttributes attributes) throws IOException {
        // Device and inode, where the file system has such things.
        return attributes.fileKey() == null
                ? path.toRealPath()
                : Objects.requireNonNull(attributes.fileKey());
    }

    /** Its path as it was given. */
    Path path() {
        return path;
    }

    /** What is equal for two paths to the same file. */
    Object key() {
        return key;
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
        long at = offset;
        while (buffer.hasRemaining()) {
            int got = channel.read(buffer, at);
            if (got < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            at += got;
        }
    }

    /** Maps a part of it, for as long as the arena lives. */
    MemorySegment map(long offset, long count, Arena arena) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, offset, count, arena);
    }

    /** Whether size and time of last modification are still what they were when it was opened. */
    boolean isUnchanged() throws IOException {
        return channel.size() == size
                && Files.getLastModifiedTime(path).equals(modified)
                && keyOf(path, Files.readAttributes(path, BasicFileAttributes.class))
                        .equals(key);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
