package cofferdam.monitor.device;

/** What answers in a range of I/O ports or memory, byte by byte as the lanes of a bus are. */
interface Registers {

    /**
     * Reads a byte.
     *
     * @param offset from the beginning of the range
     * @return 0 to 255
     */
    int read(int offset);

    /** Writes the low 8 bits of the value. */
    void write(int offset, int value);
}
