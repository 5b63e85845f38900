package cofferdam.monitor.device;

/** An interrupt controller (Intel 8259A): a status register and the mask, which reads as written. */
final class InterruptController implements Registers {

    private static final int COMMAND = 0;

    /** A command of initialization resets the mask (8259A data sheet, ICW1). */
    private static final int INITIALIZE = 0x10;

    private int mask;
    private int wordsToCome;

    @Override
    public int read(int offset) {
        return offset == COMMAND ? 0 : mask;
    }

    @Override
    public void write(int offset, int value) {
        if (offset == COMMAND) {
            if ((value & INITIALIZE) != 0) {
                mask = 0;
                wordsToCome = 2 + (value & 1);
            }
            return;
        }
        if (wordsToCome > 0) {
            wordsToCome--;
            return;
        }
        mask = value;
    }
}
