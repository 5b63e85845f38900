package cofferdam.monitor.device;

/** The keyboard controller (Intel 8042): no key is pressed, and its self test is well. */
final class KeyboardController {

    private static final int READ_CONFIGURATION = 0x20;
    private static final int SELF_TEST = 0xaa;
    private static final int WELL = 0x55;
    private static final int CONFIGURATION = 0x45;

    /** System flag, and the keyboard is not locked. */
    private static final int STATUS = 0x14;

    private static final int OUTPUT_FULL = 0x01;

    private int output;
    private boolean full;

    /** The data register, port 0x60. */
    Registers data() {
        return new Registers() {
            @Override
            public int read(int offset) {
                full = false;
                return output;
            }

            @Override
            public void write(int offset, int value) {}
        };
    }

    /** The status and command register, port 0x64. */
    Registers status() {
        return new Registers() {
            @Override
            public int read(int offset) {
                return full ? STATUS | OUTPUT_FULL : STATUS;
            }

            @Override
            public void write(int offset, int value) {
                if (value == SELF_TEST) {
                    answer(WELL);
                }
                if (value == READ_CONFIGURATION) {
                    answer(CONFIGURATION);
                }
            }
        };
    }

    private void answer(int value) {
        output = value;
        full = true;
    }
}
