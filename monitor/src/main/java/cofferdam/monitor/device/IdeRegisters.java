package cofferdam.monitor.device;

/**
 * The command block of an ATA drive (ATA/ATAPI-4, section 7.2) after its reset: the signature of a
 * drive, ready, with nothing to do.
 */
final class IdeRegisters implements Registers {

    static final int PORTS = 8;

    private static final int ERROR = 1;
    private static final int COUNT = 2;
    private static final int DRIVE = 6;
    private static final int STATUS = 7;

    /** Diagnostic passed. */
    private static final int PASSED = 0x01;

    /** Ready and seek complete. */
    private static final int READY = 0x50;

    /** The second drive of the cable is absent: nobody drives its status but the first one, as 0. */
    private static final int SECOND = 0x10;

    private final Latches registers = new Latches(PORTS).preset(COUNT, 1, 1);

    @Override
    public int read(int offset) {
        return switch (offset) {
            case ERROR -> PASSED;
            case STATUS -> status();
            default -> registers.read(offset);
        };
    }

    @Override
    public void write(int offset, int value) {
        if (offset > ERROR && offset < STATUS) {
            registers.write(offset, value);
        }
    }

    /** The alternate status register of the control block, port 0x3f6. */
    Registers alternate() {
        return new Registers() {
            @Override
            public int read(int offset) {
                return status();
            }

            @Override
            public void write(int offset, int value) {}
        };
    }

    private int status() {
        return (registers.read(DRIVE) & SECOND) == 0 ? READY : 0;
    }
}
