package cofferdam.monitor.device;

import cofferdam.monitor.device.BaseAddress.Space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A device on a bus: what it answers at wherever its function is, and what its function says.
 *
 * @param name as evidence calls it
 * @param function its PCI function, if it has one
 * @param ports fixed I/O ports
 * @param memory fixed physical addresses
 */
record Part(String name, Optional<PciFunction> function, List<Claim> ports, List<Claim> memory) {

    Part {
        ports = List.copyOf(ports);
        memory = List.copyOf(memory);
    }

    /** A device of the ISA bus, at ports alone. */
    static Part atPorts(String name, Claim... ports) {
        return new Part(name, Optional.empty(), List.of(ports), List.of());
    }

    /** A device at memory alone. */
    static Part inMemory(String name, Claim... memory) {
        return new Part(name, Optional.empty(), List.of(), List.of(memory));
    }

    /** A PCI function with fixed ports beside its base address registers. */
    static Part onPci(String name, PciFunction function, Claim... ports) {
        return new Part(name, Optional.of(function), List.of(ports), List.of());
    }

    /** What of it answers there now. */
    Optional<Claim> at(Space kind, long address) {
        if (function.isPresent() && !function.get().decodes(kind)) {
            return Optional.empty();
        }
        for (Claim claim : kind == Space.PORTS ? ports : memory) {
            if (claim.range().contains(address)) {
                return Optional.of(claim);
            }
        }
        return function.isPresent() ? function.get().at(kind, address) : Optional.empty();
    }

    /** All ports or addresses that are its own. */
    List<Range> ranges(Space kind) {
        List<Range> ranges = new ArrayList<>();
        (kind == Space.PORTS ? ports : memory).forEach(claim -> ranges.add(claim.range()));
        function.ifPresent(pci -> ranges.addAll(pci.ranges(kind)));
        return ranges;
    }
}
