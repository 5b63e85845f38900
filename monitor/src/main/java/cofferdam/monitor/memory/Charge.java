package cofferdam.monitor.memory;

import java.math.BigInteger;

/**
 * What one guest holds of the host's frames. A frame that is mapped n times counts 1/n for each
 * mapping, so that the charges of all guests are together exactly the frames in use.
 */
final class Charge {

    private static final int FRACTION = 32;

    /** One n-th of a frame, rounded down, in units of 1/2^32 frame; none of it for 0. */
    private static final long[] PART = parts();

    /** A number that every possible count of mappings divides. */
    private static final BigInteger WHOLE = commonMultiple();

    // How many of the guest's mappings are of frames that are mapped so many times.
    private final int[] mappings = new int[FrameTable.MAXIMUM_REFERENCES + 1];
    private int all;
    private long units;

    private static long[] parts() {
        long[] parts = new long[FrameTable.MAXIMUM_REFERENCES + 1];
        for (int n = 1; n < parts.length; n++) {
            parts[n] = (1L << FRACTION) / n;
        }
        return parts;
    }

    private static BigInteger commonMultiple() {
        BigInteger multiple = BigInteger.ONE;
        for (int n = 2; n <= FrameTable.MAXIMUM_REFERENCES; n++) {
            BigInteger factor = BigInteger.valueOf(n);
            multiple = multiple.divide(multiple.gcd(factor)).multiply(factor);
        }
        return multiple;
    }

    /** One more mapping, of a frame that is mapped so many times with it. */
    void add(int references) {
        mappings[references]++;
        all++;
        units += PART[references];
    }

    /** One mapping less, of a frame that was mapped so many times with it. */
    void remove(int references) {
        mappings[references]--;
        all--;
        units -= PART[references];
    }

    /** So many mappings are of a frame that is mapped more or fewer times than before. */
    void move(int count, int before, int after) {
        mappings[before] -= count;
        mappings[after] += count;
        units += count * (PART[after] - PART[before]);
    }

    /** All mappings. */
    int mappings() {
        return all;
    }

    /** The mappings of frames that are mapped more than once. */
    int sharedMappings() {
        return all - mappings[1];
    }

    /** In units of 1/2^32 frame; too little by less than one unit a mapping. */
    long units() {
        return units;
    }

    /** Whole frames, surely not more than it is. */
    int atLeast() {
        return (int) (units >> FRACTION);
    }

    /** Whole frames, surely not less than it is. */
    int atMost() {
        long rounding = sharedMappings() + (1L << FRACTION) - 1;
        return (int) ((units + rounding) >> FRACTION);
    }

    /**
     * Whether it could be more than so many frames with one more.
     *
     * @param leaving how many mappings the frame has that is given up for it; 0 for none
     */
    boolean exceeds(int limit, int leaving) {
        if (all < limit) {
            return false;
        }
        // The part that is given up was counted with the same rounding.
        int rounded = sharedMappings() - (leaving > 1 ? 1 : 0);
        long after = units + rounded + (1L << FRACTION) - PART[leaving];
        return after > (long) limit << FRACTION;
    }

    /** In bytes, exact but for the part of a byte, which is left out. */
    long bytes() {
        BigInteger sum = BigInteger.ZERO;
        for (int n = 1; n < mappings.length; n++) {
            if (mappings[n] > 0) {
                BigInteger part = WHOLE.divide(BigInteger.valueOf(n));
                sum = sum.add(part.multiply(BigInteger.valueOf(mappings[n])));
            }
        }
        return sum.multiply(BigInteger.valueOf(FramePool.FRAME)).divide(WHOLE).longValueExact();
    }
}
