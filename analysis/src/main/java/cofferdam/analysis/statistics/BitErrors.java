package cofferdam.analysis.statistics;

/**
 * How a message of random bits arrived.
 *
 * @param bits how many were sent
 * @param wrong how many of them arrived as the other one
 */
public record BitErrors(int bits, int wrong) {

    /** Both together. */
    public BitErrors plus(BitErrors other) {
        return new BitErrors(bits + other.bits, wrong + other.wrong);
    }

    /** The fraction of wrong bits. */
    public double rate() {
        return bits == 0 ? RankTest.CHANCE : (double) wrong / bits;
    }

    /**
     * How many standard deviations the number of wrong bits is from that of a receiver who guesses. Far
     * more wrong bits than right ones carry a message as well.
     */
    public double deviation() {
        return bits == 0 ? 0 : Math.abs(wrong - bits / 2.0) / (Math.sqrt(bits) / 2);
    }

    /**
     * What one bit sent carries over the binary symmetric channel with this error rate, in bits
     * (Shannon, 1948).
     */
    public double capacity() {
        return 1 - entropy(rate()) - entropy(1 - rate());
    }

    private static double entropy(double chance) {
        return chance <= 0 ? 0 : -chance * Math.log(chance) / Math.log(2);
    }
}
