package cofferdam.monitor.device;

import cofferdam.monitor.device.BaseAddress.Space;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.memory.PhysicalMemory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The I/O ports and the physical address space of one machine, with its PCI bus 0 behind
 * configuration mechanism #1 (PCI Local Bus Specification 2.1, section 3.2.2.3.2). What nothing
 * answers reads as all ones, and writes there are lost.
 */
public final class Bus {

    /** How many I/O ports there are. */
    public static final int PORTS = 1 << 16;

    /** The size of the physical address space in bytes. */
    public static final long ADDRESSES = 1L << 32;

    static final int CONFIG_ADDRESS = 0xcf8;
    static final int CONFIG_DATA = 0xcfc;

    private static final int NOBODY = 0xff;
    private static final int ENABLE = 1 << 31;

    /** The reserved bits of the address register and the two that select a byte read as zero. */
    private static final int ADDRESS_BITS = 0x80ff_fffc;

    private final List<Part> parts;

    /** Those of the parts that answer at ports, and those that answer in memory. */
    private final List<Part> atPorts;

    private final List<Part> inMemory;
    private final SortedMap<Integer, PciFunction> functions = new TreeMap<>();
    private final PhysicalMemory memory;
    private final MemoryMap map;
    private final Optional<Bus> behind;
    private final byte[] lane = new byte[1];
    private int configAddress;

    /**
     * A bus with these devices.
     *
     * @param behind the bus that answers where nothing of this one does
     */
    Bus(Collection<Part> parts, PhysicalMemory memory, Optional<Bus> behind) {
        this.parts = List.copyOf(parts);
        atPorts = having(Space.PORTS);
        inMemory = having(Space.MEMORY);
        this.memory = memory;
        this.behind = behind;
        map = new MemoryMap(memory.size());
        for (Part part : parts) {
            part.function().ifPresent(function -> functions.put(function.number(), function));
        }
    }

    /**
     * Reads so many bytes from an I/O port, little-endian; every byte from the port of its own.
     *
     * @throws IllegalArgumentException if the port is not 0 to 65535, or the width not 1, 2 or 4
     */
    public int in(int port, int bytes) {
        requirePort(port, bytes);
        if (port == CONFIG_ADDRESS && bytes == Integer.BYTES) {
            return configAddress;
        }
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= inByte(port + i) << (8 * i);
        }
        return value;
    }

    /**
     * Writes so many bytes to an I/O port, as {@link #in} reads them.
     *
     * @throws IllegalArgumentException if the port is not 0 to 65535, or the width not 1, 2 or 4
     */
    public void out(int port, int bytes, int value) {
        requirePort(port, bytes);
        if (port == CONFIG_ADDRESS && bytes == Integer.BYTES) {
            configAddress = value & ADDRESS_BITS;
            return;
        }
        for (int i = 0; i < bytes; i++) {
            outByte(port + i, value >>> (8 * i) & 0xff);
        }
    }

    /** Reads a byte of the physical address space, 0 to 255; all ones beyond its end. */
    public int readByte(long address) {
        if (address < 0 || address >= ADDRESSES) {
            return NOBODY;
        }
        if (map.isMemory(address)) {
            memory.read(address, lane, 0, 1);
            return Byte.toUnsignedInt(lane[0]);
        }
        return at(Space.MEMORY, address).map(claim -> claim.read(address)).orElse(NOBODY);
    }

    /** Writes a byte of the physical address space. */
    public void writeByte(long address, int value) {
        if (address < 0 || address >= ADDRESSES) {
            return;
        }
        if (map.isMemory(address)) {
            lane[0] = (byte) value;
            memory.write(address, lane, 0, 1);
            return;
        }
        at(Space.MEMORY, address).ifPresent(claim -> claim.write(address, value));
    }

    /**
     * What this machine is given: one event for its memory and one for each of its devices, with the
     * ports and addresses at which they are now. What is on the bus behind is not given.
     */
    public List<Event.DeviceGiven> describe(long time, String machine) {
        List<Event.DeviceGiven> given = new ArrayList<>();
        given.add(new Event.DeviceGiven(
                time, "monitor", machine, "ram", "", "", "", Range.text(map.usable())));
        for (Part part : parts) {
            given.add(new Event.DeviceGiven(
                    time,
                    "monitor",
                    machine,
                    part.name(),
                    part.function().map(PciFunction::place).orElse(""),
                    part.function().map(PciFunction::identity).orElse(""),
                    Range.text(part.ranges(Space.PORTS)),
                    Range.text(part.ranges(Space.MEMORY))));
        }
        return given;
    }

    /** The number of the function that is selected, with its bus in the high 8 of 16 bits. */
    int selectedFunction() {
        return configAddress >>> 8 & 0xffff;
    }

    /** The byte of the selected function's configuration space at which a port of the data register is. */
    Optional<Integer> selectedRegister(int port) {
        return isConfiguration(port)
                ? Optional.of((configAddress & 0xfc) | (port & 0b11))
                : Optional.empty();
    }

    private int inByte(int port) {
        if (port >= PORTS) {
            return NOBODY;
        }
        if (isConfiguration(port)) {
            return selected(selectedFunction())
                    .map(function -> function.read((configAddress & 0xfc) | (port & 0b11)))
                    .orElse(NOBODY);
        }
        return at(Space.PORTS, port).map(claim -> claim.read(port)).orElse(NOBODY);
    }

    private void outByte(int port, int value) {
        if (port >= PORTS) {
            return;
        }
        if (isConfiguration(port)) {
            selected(selectedFunction())
                    .ifPresent(function ->
                            function.write((configAddress & 0xfc) | (port & 0b11), value));
            return;
        }
        at(Space.PORTS, port).ifPresent(claim -> claim.write(port, value));
    }

    private boolean isConfiguration(int port) {
        return (port & ~0b11) == CONFIG_DATA && (configAddress & ENABLE) != 0;
    }

    private Optional<PciFunction> selected(int number) {
        PciFunction own = functions.get(number);
        return own == null ? behind.flatMap(bus -> bus.selected(number)) : Optional.of(own);
    }

    private List<Part> having(Space kind) {
        return parts.stream().filter(part -> !part.ranges(kind).isEmpty()).toList();
    }

    private Optional<Claim> at(Space kind, long address) {
        for (Part part : kind == Space.PORTS ? atPorts : inMemory) {
            Optional<Claim> claim = part.at(kind, address);
            if (claim.isPresent()) {
                return claim;
            }
        }
        return behind.flatMap(bus -> bus.at(kind, address));
    }

    private static void requirePort(int port, int bytes) {
        if (port < 0 || port >= PORTS) {
            throw new IllegalArgumentException("port %d is not 0 to 65535".formatted(port));
        }
        if (bytes != 1 && bytes != 2 && bytes != 4) {
            throw new IllegalArgumentException("%d bytes are not 1, 2 or 4".formatted(bytes));
        }
    }
}
