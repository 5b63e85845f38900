package cofferdam.monitor.disk.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * GUIDs on disk: 16 bytes of which the first three fields (4, 2 and 2 bytes) are little-endian and the
 * rest is as written (UEFI Specification 2.10, appendix A).
 */
final class Guids {

    static final UUID NONE = new UUID(0, 0);

    private Guids() {}

    static UUID read(ByteBuffer from, int at) {
        ByteBuffer little = from.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long most = Integer.toUnsignedLong(little.getInt(at)) << 32
                | (little.getShort(at + 4) & 0xffffL) << 16
                | (little.getShort(at + 6) & 0xffffL);
        return new UUID(most, from.duplicate().order(ByteOrder.BIG_ENDIAN).getLong(at + 8));
    }

    static void write(UUID guid, ByteBuffer into, int at) {
        long most = guid.getMostSignificantBits();
        ByteBuffer little = into.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        little.putInt(at, (int) (most >>> 32));
        little.putShort(at + 4, (short) (most >>> 16));
        little.putShort(at + 6, (short) most);
        into.duplicate()
                .order(ByteOrder.BIG_ENDIAN)
                .putLong(at + 8, guid.getLeastSignificantBits());
    }

    /** A GUID of version 4 (RFC 9562 section 5.4). */
    static UUID random(RandomGenerator random) {
        long most = (random.nextLong() & ~0xf000L) | 0x4000L;
        long least = (random.nextLong() & ~(0xc000L << 48)) | (0x8000L << 48);
        return new UUID(most, least);
    }
}
