package cofferdam.monitor.disk.luks;

/** The binary header of LUKS2, 4096 bytes that the JSON area follows. */
final class Luks2Header {

    /** The smallest size of a header with its JSON area, which is the one written. */
    static final int SIZE = 16_384;

    static final int BINARY_SIZE = 4096;

    /** Where the checksum over header and JSON area lies; while it is computed it is zero. */
    static final int CHECKSUM = 448;

    static final byte[] MAGIC = {'L', 'U', 'K', 'S', (byte) 0xba, (byte) 0xbe};
    static final byte[] SECOND_MAGIC = {'S', 'K', 'U', 'L', (byte) 0xba, (byte) 0xbe};

    private Luks2Header() {}
}
