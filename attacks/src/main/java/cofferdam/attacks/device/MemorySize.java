package cofferdam.attacks.device;

import cofferdam.monitor.Devices;

import java.io.IOException;

/** How much memory a machine has, as its firmware tells in the memory of its clock. */
final class MemorySize {

    private static final int INDEX = 0x70;
    private static final int DATA = 0x71;

    /** Memory above 1 MiB in KiB, and above 16 MiB in units of 64 KiB. */
    private static final int EXTENDED = 0x30;

    private static final int HIGH = 0x34;

    private MemorySize() {}

    /** In bytes. */
    static long of(Devices devices) throws IOException {
        long high = word(devices, HIGH);
        return high == 0
                ? (1L << 20) + ((long) word(devices, EXTENDED) << 10)
                : (16L << 20) + (high << 16);
    }

    private static int word(Devices devices, int at) throws IOException {
        devices.out(INDEX, 1, at);
        int low = devices.in(DATA, 1);
        devices.out(INDEX, 1, at + 1);
        return low | devices.in(DATA, 1) << 8;
    }
}
