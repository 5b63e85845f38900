package cofferdam.analysis.rules;

/** How evenly bytes are spread (Shannon, A Mathematical Theory of Communication, 1948). */
final class Entropy {

    private Entropy() {}

    /** Bits a byte, from 0 to 8. */
    static double of(byte[] bytes) {
        int[] counts = new int[256];
        for (byte value : bytes) {
            counts[Byte.toUnsignedInt(value)]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / bytes.length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
