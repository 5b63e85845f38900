package cofferdam.attacks.device;

import cofferdam.monitor.Devices;

import java.io.IOException;

/**
 * Asks for every function of every PCI bus by configuration mechanism #1, and how much each of its
 * base addresses decodes (PCI Local Bus Specification 2.1, sections 3.2.2.3.2 and 6.2.5.1). What it
 * changes for that it puts back.
 */
final class PciScan {

    static final int CONFIG_ADDRESS = 0xcf8;
    static final int CONFIG_DATA = 0xcfc;

    private static final int ENABLE = 1 << 31;
    private static final int FUNCTIONS = 1 << 16;
    private static final int NOBODY = 0xffff;
    private static final int COMMAND = 0x04;
    private static final int DECODES = 0b11;
    private static final int HEADER = 0x0c;
    private static final int FIRST_BASE = 0x10;
    private static final int BASES = 6;

    private final Devices devices;
    private int functions;
    private int bases;

    PciScan(Devices devices) {
        this.devices = devices;
    }

    void run() throws IOException {
        devices.out(CONFIG_ADDRESS, 4, ENABLE);
        if (devices.in(CONFIG_ADDRESS, 4) != ENABLE) {
            return;
        }
        for (int function = 0; function < FUNCTIONS; function++) {
            int identity = read(function, 0);
            if ((identity & NOBODY) != NOBODY) {
                functions++;
                devices.found(new Devices.Finding(
                        "pci %02x:%02x.%x"
                                .formatted(function >>> 8, function >>> 3 & 0x1f, function & 7),
                        "%04x:%04x".formatted(identity & 0xffff, identity >>> 16)));
                size(function);
            }
        }
        devices.out(CONFIG_ADDRESS, 4, 0);
    }

    /** How many functions answered. */
    int functions() {
        return functions;
    }

    /** How many base addresses they have. */
    int bases() {
        return bases;
    }

    /** Only headers of type 0 have six base addresses. */
    private void size(int function) throws IOException {
        if ((read(function, HEADER) >>> 16 & 0x7f) != 0) {
            return;
        }
        int command = read(function, COMMAND) & 0xffff;
        write(function, COMMAND, command & ~DECODES);
        for (int base = 0; base < BASES; base++) {
            int register = FIRST_BASE + 4 * base;
            int value = read(function, register);
            write(function, register, -1);
            if (read(function, register) != 0) {
                bases++;
            }
            write(function, register, value);
        }
        write(function, COMMAND, command);
    }

    private int read(int function, int register) throws IOException {
        select(function, register);
        return devices.in(CONFIG_DATA, 4);
    }

    private void write(int function, int register, int value) throws IOException {
        select(function, register);
        devices.out(CONFIG_DATA, 4, value);
    }

    private void select(int function, int register) throws IOException {
        devices.out(CONFIG_ADDRESS, 4, ENABLE | function << 8 | register);
    }
}
