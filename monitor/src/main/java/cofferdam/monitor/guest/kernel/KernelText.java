package cofferdam.monitor.guest.kernel;

import java.util.Arrays;

/**
 * The kernel's code in memory. Every machine that runs this release has the same pages of it. The
 * processor that executes it needs the very bytes: others are no instructions of this kernel.
 */
final class KernelText {

    /** How many bytes of a function are executed each time that it is called. */
    static final int FUNCTION = 64;

    /** Which release this is. */
    private static final long RELEASE = 0x32_2e_34_2e_32_30_2d_38L;

    private static final long STRIDE = 0x9e37_79b9_7f4a_7c15L;
    private static final byte DAMAGE = (byte) 0xcc;

    private final Ram ram;
    private final Layout layout;

    KernelText(Ram ram, Layout layout) {
        this.ram = ram;
        this.layout = layout;
    }

    /** Writes all of it into memory. */
    void install() {
        for (int page = Layout.ENTRY_CODE; page < layout.text() + layout.textPages(); page++) {
            ram.write(Ram.address(page), code(Ram.address(page), Ram.PAGE));
        }
    }

    /** Where the handler of an interrupt begins. */
    long handler(int vector) {
        if (vector == InterruptTable.DOUBLE_FAULT) {
            return Ram.address(Layout.ENTRY_CODE);
        }
        int page = layout.text() + vector % layout.textPages();
        int function = vector / layout.textPages();
        return Ram.address(page) + (long) function * FUNCTION;
    }

    /** Whether the function that is at home at one address can be executed at the other. */
    boolean executes(long home, long address) {
        if (address < 0 || address > Ram.address(layout.pages()) - FUNCTION) {
            return false;
        }
        return Arrays.equals(ram.read(address, FUNCTION), code(home, FUNCTION));
    }

    /** Whether a page of code is all there. */
    boolean whole(int page) {
        long address = Ram.address(layout.text() + page);
        return Arrays.equals(ram.read(address, Ram.PAGE), code(address, Ram.PAGE));
    }

    /** Somebody writes over all of it but the entry of double faults. */
    void overwrite() {
        byte[] damage = new byte[Ram.PAGE];
        Arrays.fill(damage, DAMAGE);
        for (int page = 0; page < layout.textPages(); page++) {
            ram.write(Ram.address(layout.text() + page), damage);
        }
    }

    private static byte[] code(long address, int count) {
        byte[] code = new byte[count];
        for (int offset = 0; offset < count; offset += Long.BYTES) {
            Ram.doubleWord(code, offset, mixed(RELEASE + (address + offset) * STRIDE));
        }
        return code;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). */
    private static long mixed(long value) {
        long once = (value ^ (value >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        long twice = (once ^ (once >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return twice ^ (twice >>> 31);
    }
}
