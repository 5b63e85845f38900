package cofferdam.monitor.device;

/**
 * A serial port (National Semiconductor PC16550D) to which nothing is connected: its line is idle,
 * what is sent is gone at once, and the registers that can be written read as written.
 */
final class SerialPort implements Registers {

    static final int PORTS = 8;

    private static final int DATA = 0;
    private static final int ENABLE = 1;
    private static final int IDENTIFICATION = 2;
    private static final int LINE_CONTROL = 3;
    private static final int LINE_STATUS = 5;
    private static final int MODEM_STATUS = 6;

    /** The divisor's latch takes the place of the first two registers. */
    private static final int DIVISOR = 0x80;

    private static final int NO_INTERRUPT = 0x01;
    private static final int FIFO_ENABLED = 0xc0;

    /** The transmitter is empty. */
    private static final int IDLE = 0x60;

    private final Latches registers = new Latches(PORTS);

    /** 12 for 9600 baud. */
    private final Latches divisor = new Latches(2).preset(0, 12);

    private boolean buffered;

    @Override
    public int read(int offset) {
        if (offset <= ENABLE && isDivisor()) {
            return divisor.read(offset);
        }
        return switch (offset) {
            case DATA, MODEM_STATUS -> 0;
            case IDENTIFICATION -> buffered ? NO_INTERRUPT | FIFO_ENABLED : NO_INTERRUPT;
            case LINE_STATUS -> IDLE;
            default -> registers.read(offset);
        };
    }

    @Override
    public void write(int offset, int value) {
        if (offset <= ENABLE && isDivisor()) {
            divisor.write(offset, value);
            return;
        }
        if (offset == IDENTIFICATION) {
            buffered = (value & 1) != 0;
        }
        registers.write(offset, value);
    }

    private boolean isDivisor() {
        return (registers.read(LINE_CONTROL) & DIVISOR) != 0;
    }
}
