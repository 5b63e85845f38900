package cofferdam.monitor.guest.kernel;

/**
 * The interrupt descriptor table in memory, one page of 256 entries: the handler's address (8 bytes),
 * a magic number (4) and the vector (4).
 */
final class InterruptTable {

    static final int INVALID_OPCODE = 6;
    static final int DOUBLE_FAULT = 8;
    static final int PAGE_FAULT = 14;
    static final int TIMER = 32;

    private static final int VECTORS = 256;
    private static final int ENTRY = 16;
    private static final int MAGIC_AT = 8;
    private static final int VECTOR_AT = 12;
    private static final int MAGIC = 0x8e00_4944;

    private final Ram ram;
    private final KernelText text;

    InterruptTable(Ram ram, KernelText text) {
        this.ram = ram;
        this.text = text;
    }

    void install() {
        byte[] table = new byte[Ram.PAGE];
        for (int vector = 0; vector < VECTORS; vector++) {
            int entry = vector * ENTRY;
            Ram.doubleWord(table, entry, text.handler(vector));
            Ram.word(table, entry + MAGIC_AT, MAGIC);
            Ram.word(table, entry + VECTOR_AT, vector);
        }
        ram.write(Ram.address(Layout.INTERRUPTS), table);
    }

    /** Somebody empties it. */
    void clear() {
        ram.clear(Layout.INTERRUPTS);
    }

    /**
     * The processor goes to the handler of an interrupt or exception. If it cannot, that is a double
     * fault; if it cannot go to the handler of that, a triple fault (Intel SDM volume 3, 6.15).
     */
    void raise(int vector) {
        byte[] entry = entry(vector);
        if (enters(entry, vector)) {
            return;
        }
        String cause = cause(entry, vector);
        if (enters(entry(DOUBLE_FAULT), DOUBLE_FAULT)) {
            throw KernelStop.panic("double fault: " + cause);
        }
        throw KernelStop.tripleFault(cause + ", and there is no handler of double faults");
    }

    private boolean enters(byte[] entry, int vector) {
        return isPresent(entry, vector)
                && text.executes(text.handler(vector), Ram.doubleWord(entry, 0));
    }

    private static boolean isPresent(byte[] entry, int vector) {
        return Ram.word(entry, MAGIC_AT) == MAGIC && Ram.word(entry, VECTOR_AT) == vector;
    }

    private static String cause(byte[] entry, int vector) {
        if (!isPresent(entry, vector)) {
            return "interrupt descriptor %d is damaged".formatted(vector);
        }
        return "kernel code is damaged at 0x%x".formatted(Ram.doubleWord(entry, 0));
    }

    private byte[] entry(int vector) {
        return ram.read(Ram.address(Layout.INTERRUPTS) + (long) vector * ENTRY, ENTRY);
    }
}
