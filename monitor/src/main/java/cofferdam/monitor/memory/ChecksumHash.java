package cofferdam.monitor.memory;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The checksums (CRC-32C, RFC 3720 appendix B.4) of both halves of a page, as 64 bits. */
final class ChecksumHash implements PageHash {

    private static final int HALF = PhysicalMemory.PAGE / 2;

    private final CRC32C checksum = new CRC32C();

    @Override
    public long of(ByteBuffer memory, int start) {
        return half(memory, start) << Integer.SIZE | half(memory, start + HALF);
    }

    private long half(ByteBuffer memory, int start) {
        memory.limit(start + HALF).position(start);
        checksum.reset();
        checksum.update(memory);
        return checksum.getValue();
    }
}
