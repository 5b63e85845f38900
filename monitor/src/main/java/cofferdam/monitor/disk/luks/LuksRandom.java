package cofferdam.monitor.disk.luks;

import java.util.UUID;
import java.util.random.RandomGenerator;

/** Random parts of headers, from a generator that may be seeded. */
final class LuksRandom {

    private LuksRandom() {}

    static byte[] bytes(RandomGenerator random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A random UUID (RFC 9562, 5.4) of 36 characters. */
    static String uuid(RandomGenerator random) {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }
}
