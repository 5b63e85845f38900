package cofferdam.monitor.device;

import cofferdam.monitor.device.BaseAddress.Space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The configuration space of a PCI function: 256 bytes with a type 0 header (PCI Local Bus
 * Specification 2.1, section 6.1), some bits of which can be written.
 */
final class PciFunction {

    static final int BYTES = 256;

    /** Bits of the command register. */
    static final int DECODES_PORTS = 1;

    static final int DECODES_MEMORY = 2;
    static final int MASTERS_BUS = 4;

    private static final int VENDOR = 0x00;
    private static final int DEVICE = 0x02;
    private static final int COMMAND = 0x04;
    private static final int STATUS = 0x06;
    private static final int REVISION = 0x08;
    private static final int HEADER = 0x0e;
    private static final int INTERRUPT_LINE = 0x3c;
    private static final int INTERRUPT_PIN = 0x3d;
    private static final int MULTIFUNCTION = 0x80;

    /** Medium device selection, as all devices of the time; fast back-to-back. */
    private static final int STATUS_BITS = 0x0280;

    private final int number;
    private final byte[] space = new byte[BYTES];
    private final byte[] writable = new byte[BYTES];
    private final List<BaseAddress> bars = new ArrayList<>();

    /**
     * A function without ports and memory.
     *
     * @param number its place on bus 0: device times 8 plus function
     * @param identity vendor in the high 16 bits, device in the low ones
     * @param classCode class, subclass and interface, 24 bits
     */
    PciFunction(int number, int identity, int classCode, int revision) {
        this.number = number;
        put(VENDOR, identity >>> 16, 2);
        put(DEVICE, identity, 2);
        put(STATUS, STATUS_BITS, 2);
        put(REVISION, classCode << 8 | revision, 4);
        writable[INTERRUPT_LINE] = (byte) 0xff;
    }

    /** The number of a function of a device on bus 0. */
    static int number(int device, int function) {
        return device << 3 | function;
    }

    /** Other functions of the device exist. */
    PciFunction multifunction() {
        put(HEADER, MULTIFUNCTION, 1);
        return this;
    }

    /** Sets the interrupt pin, 1 to 4, and what the firmware routed it to. */
    PciFunction interrupt(int pin, int line) {
        put(INTERRUPT_PIN, pin, 1);
        put(INTERRUPT_LINE, line, 1);
        return this;
    }

    /** Sets the command register; the bits that are set can be written from now on. */
    PciFunction command(int bits) {
        put(COMMAND, bits, 2);
        writable[COMMAND] = (byte) bits;
        return this;
    }

    /** Sets bytes that cannot be written, little-endian. */
    PciFunction constant(int register, int value, int bytes) {
        put(register, value, bytes);
        return this;
    }

    /** Gives it a base address register, which the firmware set to this address. */
    PciFunction base(BaseAddress bar, long address) {
        put(bar.register(), (int) address | bar.space().flags(), 4);
        int mask = -bar.size();
        for (int i = 0; i < 4; i++) {
            writable[bar.register() + i] = (byte) (mask >>> (8 * i));
        }
        bars.add(bar);
        return this;
    }

    int number() {
        return number;
    }

    /** As {@code 00:02.0}. */
    String place() {
        return "00:%02x.%x".formatted(number >> 3, number & 7);
    }

    /** As {@code 1022:2000}. */
    String identity() {
        return "%04x:%04x".formatted(get(VENDOR, 2), get(DEVICE, 2));
    }

    int read(int register) {
        return Byte.toUnsignedInt(space[register]);
    }

    void write(int register, int value) {
        int mask = writable[register];
        space[register] = (byte) ((space[register] & ~mask) | (value & mask));
    }

    /** Whether it answers at the ports or addresses that are fixed. */
    boolean decodes(Space kind) {
        int bit = kind == Space.PORTS ? DECODES_PORTS : DECODES_MEMORY;
        return (read(COMMAND) & bit) != 0;
    }

    /** What of it answers there by its base address registers, as they are now. */
    Optional<Claim> at(Space kind, long address) {
        if (!decodes(kind)) {
            return Optional.empty();
        }
        for (BaseAddress bar : bars) {
            if (bar.space() == kind && range(bar).contains(address)) {
                return Optional.of(new Claim(range(bar), bar.registers()));
            }
        }
        return Optional.empty();
    }

    /** Where its base address registers are now. */
    List<Range> ranges(Space kind) {
        return bars.stream().filter(bar -> bar.space() == kind).map(this::range).toList();
    }

    private Range range(BaseAddress bar) {
        return Range.of(bar.space().address(get(bar.register(), 4)), bar.size());
    }

    private int get(int register, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= read(register + i) << (8 * i);
        }
        return value;
    }

    private void put(int register, int value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            space[register + i] = (byte) (value >>> (8 * i));
        }
    }
}
