package cofferdam.monitor.device;

/**
 * A serial EEPROM of 64 words (Microchip 93C46) at the four lines by which a host clocks commands
 * in and data out: chip select, clock, data in, data out. Knows the command to read.
 */
final class SerialRom {

    private static final int WORDS = 64;

    /** A start bit, two bits of operation, six of address. */
    private static final int COMMAND_BITS = 9;

    private static final int READ = 0b110;
    private static final int ADDRESS_BITS = 6;
    private static final int WORD_BITS = 16;

    private final int[] words = new int[WORDS];
    private boolean clock;
    private int command;
    private int bits;
    private int shift;

    /** Sets a word of the content. */
    void put(int word, int value) {
        words[word] = value & 0xffff;
    }

    /** The lines as the host drives them now. */
    void drive(boolean selected, boolean clockLine, boolean dataIn) {
        boolean rising = clockLine && !clock;
        clock = clockLine;
        if (!selected) {
            command = 0;
            bits = 0;
            shift = 0;
            return;
        }
        if (rising) {
            clocked(dataIn);
        }
    }

    /** The line that it drives. */
    boolean dataOut() {
        return (shift >>> WORD_BITS & 1) != 0;
    }

    private void clocked(boolean dataIn) {
        if (bits >= COMMAND_BITS) {
            shift <<= 1;
            return;
        }
        if (bits == 0 && !dataIn) {
            return;
        }
        command = command << 1 | (dataIn ? 1 : 0);
        bits++;
        if (bits == COMMAND_BITS && command >>> ADDRESS_BITS == READ) {
            // The first bit that comes out is a zero, before the word.
            shift = words[command & (WORDS - 1)];
        }
    }
}
