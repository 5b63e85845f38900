package cofferdam.monitor.device;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.memory.PhysicalMemory;
import cofferdam.monitor.policy.DevicesPolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Puts machines' buses together. */
public final class Boards {

    private Boards() {}

    /**
     * The bus of a machine: chipset, memory, and the devices that the policy gives it.
     *
     * @param memory the machine's memory as its processor reaches it
     * @param mac the address of its network interface
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     * @param host the host's own bus, which answers where the machine's does not if the policy passes
     *     the host's devices through; the same for all guests of a host
     */
    public static Bus machine(
            DevicesPolicy policy,
            PhysicalMemory memory,
            MacAddress mac,
            LongSupplier clock,
            Bus host) {
        List<Part> parts = new ArrayList<>(new Chipset(memory.size(), clock).parts());
        Adapters adapters = new Adapters(mac);
        policy.models().forEach(model -> parts.add(adapters.part(model)));
        return new Bus(parts, memory, policy.passthrough() ? Optional.of(host) : Optional.empty());
    }

    /** The host's own bus with what no guest is given: network, disk, USB and ISA ports. */
    public static Bus host() {
        return new Bus(HostBoard.parts(), NoMemory.INSTANCE, Optional.empty());
    }

    /** The host's memory is not behind this bus. */
    private enum NoMemory implements PhysicalMemory {
        INSTANCE;

        @Override
        public long size() {
            return 0;
        }

        @Override
        public void read(long address, byte[] into, int offset, int count) {
            throw new IndexOutOfBoundsException("no byte at %d".formatted(address));
        }

        @Override
        public void write(long address, byte[] from, int offset, int count) {
            throw new IndexOutOfBoundsException("no byte at %d".formatted(address));
        }
    }
}
