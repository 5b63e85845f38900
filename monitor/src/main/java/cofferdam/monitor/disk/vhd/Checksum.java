package cofferdam.monitor.disk.vhd;

/** The checksum of footers and headers: the ones' complement of the sum of all other bytes. */
final class Checksum {

    private static final int FIELD_BYTES = 4;

    private Checksum() {}

    /** @param field offset of the checksum itself, which counts as zeros */
    static int of(byte[] structure, int field) {
        int sum = 0;
        for (int i = 0; i < structure.length; i++) {
            if (i < field || i >= field + FIELD_BYTES) {
                sum += structure[i] & 0xff;
            }
        }
        return ~sum;
    }
}
