package cofferdam.monitor.pcapng;

import java.math.BigInteger;

/**
 * How an interface counts time (draft-ietf-opsawg-pcapng, section 4.2, {@code if_tsresol} and
 * {@code if_tsoffset}).
 *
 * @param unitsPerSecond the resolution
 * @param offsetSeconds what to add to every time
 */
record Clock(BigInteger unitsPerSecond, long offsetSeconds) {

    private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000);

    /** Microseconds since 1970-01-01T00:00:00Z: what holds where a file says nothing. */
    static final Clock MICROSECONDS = new Clock(BigInteger.valueOf(1_000_000), 0);

    private static final int POWER_OF_TWO = 0x80;

    /**
     * @param resolution 8 bits: the highest chooses a power of 2 over a power of 10, the others are
     *     the negative exponent of a second
     */
    Clock withResolution(int resolution) {
        int exponent = resolution & (POWER_OF_TWO - 1);
        BigInteger base = (resolution & POWER_OF_TWO) != 0 ? BigInteger.TWO : BigInteger.TEN;
        return new Clock(base.pow(exponent), offsetSeconds);
    }

    Clock withOffset(long changed) {
        return new Clock(unitsPerSecond, changed);
    }

    /**
     * A time of the file in nanoseconds since 1970-01-01T00:00:00Z, rounded down.
     *
     * @param units an unsigned 64-bit number
     * @param block offset of the block, for the message
     */
    long nanoseconds(long units, int block) throws PcapngException {
        if (units >= 0 && offsetSeconds == 0 && unitsPerSecond.equals(NANOS_PER_SECOND)) {
            return units;
        }
        BigInteger nanoseconds = new BigInteger(Long.toUnsignedString(units))
                .multiply(NANOS_PER_SECOND)
                .divide(unitsPerSecond)
                .add(BigInteger.valueOf(offsetSeconds).multiply(NANOS_PER_SECOND));
        if (nanoseconds.signum() < 0 || nanoseconds.bitLength() >= Long.SIZE) {
            throw PcapngException.at(
                    block,
                    "time of %s nanoseconds is not between 0 and %d"
                            .formatted(nanoseconds, Long.MAX_VALUE));
        }
        return nanoseconds.longValueExact();
    }
}
