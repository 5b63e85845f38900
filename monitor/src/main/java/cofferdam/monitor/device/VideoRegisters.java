package cofferdam.monitor.device;

/**
 * The ports of a VGA from 0x3b0 on (IBM PS/2 Hardware Interface Technical Reference, video
 * subsystem): an index and a data register for each bank of registers.
 */
final class VideoRegisters implements Registers {

    /** The first port and how many: 0x3b0 to 0x3df, in which 0x3bc to 0x3bf are not the VGA's. */
    static final int FIRST = 0x3b0;

    static final int MONOCHROME = 0x3bc - FIRST;
    static final int COLOUR_FIRST = 0x3c0;
    static final int COLOUR = 0x3e0 - COLOUR_FIRST;

    private static final int BANK = 256;
    private static final int MISCELLANEOUS_READ = 0x3cc;
    private static final int MISCELLANEOUS_WRITE = 0x3c2;

    /** Colour addresses, memory enabled, 25 MHz. */
    private static final int MISCELLANEOUS = 0x63;

    private static final int FEATURES_READ = 0x3ca;
    private static final int STATUS_COLOUR = 0x3da;
    private static final int STATUS_MONOCHROME = 0x3ba;

    private static final int[][] BANKS = {{0x3c4, 0x3c5}, {0x3ce, 0x3cf}, {0x3d4, 0x3d5}};

    private final Latches plain = new Latches(0x30);
    private final Latches[] banks = {new Latches(BANK), new Latches(BANK), new Latches(BANK)};
    private int miscellaneous = MISCELLANEOUS;
    private boolean retrace;

    /** The registers from this port on. */
    Registers from(int first) {
        return new Registers() {
            @Override
            public int read(int offset) {
                return VideoRegisters.this.read(first - FIRST + offset);
            }

            @Override
            public void write(int offset, int value) {
                VideoRegisters.this.write(first - FIRST + offset, value);
            }
        };
    }

    @Override
    public int read(int offset) {
        int port = FIRST + offset;
        for (int bank = 0; bank < BANKS.length; bank++) {
            if (port == BANKS[bank][1]) {
                return banks[bank].read(plain.read(BANKS[bank][0] - FIRST));
            }
        }
        return switch (port) {
            case MISCELLANEOUS_READ -> miscellaneous;
            case STATUS_COLOUR, STATUS_MONOCHROME -> status();
            default -> plain.read(offset);
        };
    }

    @Override
    public void write(int offset, int value) {
        int port = FIRST + offset;
        if (port == MISCELLANEOUS_WRITE) {
            miscellaneous = value;
            return;
        }
        if (port == MISCELLANEOUS_READ || port == FEATURES_READ) {
            return;
        }
        for (int bank = 0; bank < BANKS.length; bank++) {
            if (port == BANKS[bank][1]) {
                banks[bank].write(plain.read(BANKS[bank][0] - FIRST), value);
                return;
            }
        }
        plain.write(offset, value);
    }

    /** Retrace comes and goes from read to read, so that whoever waits for it goes on. */
    private int status() {
        retrace = !retrace;
        return retrace ? 0x09 : 0x00;
    }
}
