package cofferdam.monitor.disk.ext;

import cofferdam.monitor.disk.ByteSource;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** An image file on disk. */
record ImageBytes(FileChannel channel, long size) implements ByteSource, AutoCloseable {

    static ImageBytes open(Path image) throws IOException {
        FileChannel channel = FileChannel.open(image);
        return new ImageBytes(channel, channel.size());
    }

    @Override
    public void read(long offset, byte[] into, int start, int count) throws IOException {
        requireInside(offset, count);
        ByteBuffer buffer = ByteBuffer.wrap(into, start, count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position() - start) < 0) {
                throw new EOFException();
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
