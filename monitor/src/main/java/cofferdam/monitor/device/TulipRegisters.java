package cofferdam.monitor.device;

import cofferdam.monitor.address.MacAddress;

/**
 * The registers of a DEC 21140 (Hardware Reference Manual, chapter 3): sixteen of four bytes, eight
 * bytes apart; CSR9 has the lines of the serial memory, whose bytes 20 to 25 are the hardware
 * address.
 */
final class TulipRegisters implements Registers {

    static final int BYTES = 128;

    private static final int STRIDE = 8;
    private static final int SERIAL = 9 * STRIDE;
    private static final int STATUS = 5 * STRIDE;
    private static final int BUS_MODE = 0;
    private static final int MODE = 6 * STRIDE;

    private static final int SELECT = 1;
    private static final int CLOCK = 1 << 1;
    private static final int DATA_IN = 1 << 2;
    private static final int DATA_OUT = 1 << 3;

    /** The serial memory is selected among what CSR9 can reach. */
    private static final int SERIAL_MEMORY = 1 << 3;

    private static final int ADDRESS_WORD = 10;

    private final Latches registers = new Latches(BYTES);
    private final SerialRom rom = new SerialRom();

    TulipRegisters(MacAddress mac) {
        // Reset values of section 3.2: CSR0, CSR5 and CSR6.
        registers.preset(BUS_MODE, 0x00, 0x00, 0x00, 0xfe);
        registers.preset(STATUS, 0x00, 0x00, 0x00, 0xfc);
        registers.preset(MODE, 0x40, 0x00, 0x00, 0x32);
        byte[] address = new byte[MacAddress.BYTES];
        mac.write(address, 0);
        for (int i = 0; i < MacAddress.BYTES; i += 2) {
            int word = Byte.toUnsignedInt(address[i]) | Byte.toUnsignedInt(address[i + 1]) << 8;
            rom.put(ADDRESS_WORD + i / 2, word);
        }
    }

    @Override
    public int read(int offset) {
        if (offset % STRIDE >= Integer.BYTES) {
            return 0;
        }
        int value = registers.read(offset);
        if (offset != SERIAL) {
            return value;
        }
        return rom.dataOut() ? value | DATA_OUT : value & ~DATA_OUT;
    }

    @Override
    public void write(int offset, int value) {
        if (offset % STRIDE >= Integer.BYTES || offset / STRIDE == STATUS / STRIDE) {
            return;
        }
        registers.write(offset, value);
        if (offset / STRIDE == SERIAL / STRIDE) {
            drive();
        }
    }

    private void drive() {
        int lines = registers.read(SERIAL);
        boolean reached = (registers.read(SERIAL + 1) & SERIAL_MEMORY) != 0;
        rom.drive(reached && (lines & SELECT) != 0, (lines & CLOCK) != 0, (lines & DATA_IN) != 0);
    }
}
