package cofferdam.monitor.disk.ext;

/**
 * CRC-32C as ext4 uses it: continued from a seed, without the inversions at both ends that {@link
 * java.util.zip.CRC32C} makes. Source: ext4 layout, <i>Checksums</i>.
 */
public final class Checksum {

    /** The seed where none is given. */
    public static final int START = ~0;

    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int[] TABLE = new int[256];

    static {
        for (int octet = 0; octet < TABLE.length; octet++) {
            int crc = octet;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            TABLE[octet] = crc;
        }
    }

    private Checksum() {}

    /** Continues with some bytes. */
    public static int of(int seed, byte[] bytes, int start, int count) {
        int crc = seed;
        for (int at = start; at < start + count; at++) {
            crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]) & 0xff];
        }
        return crc;
    }

    /** Continues with all of the bytes. */
    public static int of(int seed, byte[] bytes) {
        return of(seed, bytes, 0, bytes.length);
    }

    /** Continues with a number of four bytes. */
    public static int of(int seed, int number) {
        int crc = seed;
        for (int shift = 0; shift < 32; shift += 8) {
            crc = (crc >>> 8) ^ TABLE[(crc ^ (number >>> shift)) & 0xff];
        }
        return crc;
    }

    /** Continues with some bytes and zeros in place of {@code hole} bytes at {@code holeAt}. */
    static int withHole(int seed, byte[] bytes, int count, int holeAt, int hole) {
        int crc = of(seed, bytes, 0, holeAt);
        crc = of(crc, new byte[hole]);
        return of(crc, bytes, holeAt + hole, count - holeAt - hole);
    }
}
