package cofferdam.monitor.device;

/**
 * A base address register of a PCI function (PCI Local Bus Specification 2.1, section 6.2.5).
 *
 * @param register its offset in the configuration space: 0x10, 0x14 to 0x24
 * @param size what it decodes in bytes, a power of two; at least 4 for ports, 16 for memory
 */
record BaseAddress(int register, Space space, int size, Registers registers) {

    /** The flag bits of a register for ports and for memory. */
    enum Space {
        PORTS(0b01, 0b11),
        MEMORY(0b0000, 0b1111);

        private final int flags;
        private final int flagBits;

        Space(int flags, int flagBits) {
            this.flags = flags;
            this.flagBits = flagBits;
        }

        int flags() {
            return flags;
        }

        /** The address in the register's value. */
        long address(int value) {
            return Integer.toUnsignedLong(value & ~flagBits);
        }
    }
}
