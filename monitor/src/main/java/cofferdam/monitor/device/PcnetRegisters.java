package cofferdam.monitor.device;

import cofferdam.monitor.address.MacAddress;

/**
 * The ports of an Am79C970A in word mode (data sheet 19436, "I/O Resources"): the address memory
 * with the hardware address, and the control and bus configuration registers behind an address
 * register.
 */
final class PcnetRegisters implements Registers {

    static final int PORTS = 32;

    private static final int DATA = 0x10;
    private static final int ADDRESS = 0x12;
    private static final int RESET = 0x14;
    private static final int BUS_DATA = 0x16;
    private static final int REGISTERS = 128;

    /** STOP is set. */
    private static final int STOPPED = 0x0004;

    private static final int STATUS = 0;
    private static final int CHIP_LOW = 88;
    private static final int CHIP_HIGH = 89;

    /** Manufacturer AMD, part number of the PCnet-PCI II. */
    private static final int CHIP = 0x0262_1003;

    private static final int SIGNATURE_AT = 14;
    private static final int SIGNATURE = 0x57;
    private static final int CHECKSUM_AT = 12;

    private final byte[] addressMemory = new byte[DATA];
    private final int[] control = new int[REGISTERS];
    private final int[] busControl = new int[REGISTERS];
    private int selected;

    PcnetRegisters(MacAddress mac) {
        mac.write(addressMemory, 0);
        addressMemory[SIGNATURE_AT] = SIGNATURE;
        addressMemory[SIGNATURE_AT + 1] = SIGNATURE;
        int sum = 0;
        for (byte value : addressMemory) {
            sum += Byte.toUnsignedInt(value);
        }
        addressMemory[CHECKSUM_AT] = (byte) sum;
        addressMemory[CHECKSUM_AT + 1] = (byte) (sum >>> 8);
        control[CHIP_LOW] = CHIP & 0xffff;
        control[CHIP_HIGH] = CHIP >>> 16;
        control[STATUS] = STOPPED;
    }

    @Override
    public int read(int offset) {
        if (offset < DATA) {
            return Byte.toUnsignedInt(addressMemory[offset]);
        }
        int shift = 8 * (offset & 1);
        return switch (offset & ~1) {
            case DATA -> control[selected] >>> shift & 0xff;
            case ADDRESS -> selected >>> shift & 0xff;
            case RESET -> reset();
            case BUS_DATA -> busControl[selected] >>> shift & 0xff;
            default -> 0;
        };
    }

    @Override
    public void write(int offset, int value) {
        boolean low = (offset & 1) == 0;
        switch (offset & ~1) {
            case ADDRESS -> selected = low ? value & (REGISTERS - 1) : selected;
            case DATA -> {
                if (selected != CHIP_LOW && selected != CHIP_HIGH && selected != STATUS) {
                    control[selected] = merged(control[selected], low, value);
                }
            }
            case BUS_DATA -> busControl[selected] = merged(busControl[selected], low, value);
            default -> {}
        }
    }

    private int reset() {
        selected = 0;
        return 0;
    }

    private static int merged(int word, boolean low, int value) {
        return low ? (word & 0xff00) | value : (word & 0x00ff) | value << 8;
    }
}
