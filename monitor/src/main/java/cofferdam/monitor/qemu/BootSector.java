package cofferdam.monitor.qemu;

import java.util.Arrays;

/**
 * The smallest guest there is: 512 bytes that the firmware loads and jumps to, which write one byte to
 * QEMU's exit port (device {@code isa-debug-exit}) and halt. QEMU then ends with that byte, twice,
 * plus one.
 */
final class BootSector {

    /** The port that QEMU is told to watch. */
    static final int EXIT_PORT = 0xf4;

    private static final int EXIT_BYTE = 0x2a;

    /** With what QEMU ends if these bytes ran. */
    static final int EXIT_CODE = 2 * EXIT_BYTE + 1;

    private static final int SIZE = 512;
    private static final byte[] CODE = {
        (byte) 0xba,
        (byte) EXIT_PORT,
        0x00, // mov dx, EXIT_PORT
        (byte) 0xb0,
        EXIT_BYTE, // mov al, EXIT_BYTE
        (byte) 0xee, // out dx, al
        (byte) 0xf4, // hlt
        (byte) 0xeb,
        (byte) 0xfd // jmp to hlt
    };

    private BootSector() {}

    /** Its bytes, with the mark by which the firmware knows it. */
    static byte[] bytes() {
        byte[] sector = Arrays.copyOf(CODE, SIZE);
        sector[SIZE - 2] = 0x55;
        sector[SIZE - 1] = (byte) 0xaa;
        return sector;
    }
}
