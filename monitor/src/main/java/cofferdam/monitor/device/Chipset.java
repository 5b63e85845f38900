package cofferdam.monitor.device;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What every machine has: an Intel 440BX with its PIIX4, and what an IBM PC AT is made of. */
final class Chipset {

    /** The PCI device of the PIIX4. */
    static final int SOUTH_BRIDGE = 7;

    private static final int INTEL = 0x8086_0000;
    private static final int HOST_BRIDGE_CLASS = 0x06_00_00;
    private static final int ISA_BRIDGE_CLASS = 0x06_01_00;
    private static final int OTHER_BRIDGE_CLASS = 0x06_80_00;
    private static final int HOST_BRIDGE_REVISION = 3;
    private static final int ISA_BRIDGE_REVISION = 8;

    private static final int POWER_PORTS = 0x1000;
    private static final int POWER_BASE = 0x40;
    private static final int POWER_ENABLE = 0x80;
    private static final int CONFIGURATION_PORTS = 8;

    private final long memory;
    private final LongSupplier clock;

    Chipset(long memory, LongSupplier clock) {
        this.memory = memory;
        this.clock = clock;
    }

    List<Part> parts() {
        KeyboardController keyboard = new KeyboardController();
        return List.of(
                hostBridge(),
                isaBridge(),
                powerManagement(),
                Part.atPorts(
                        "dma-controller",
                        Claim.of(0x00, 16, new Latches(16)),
                        Claim.of(0x80, 16, new Latches(16)),
                        Claim.of(0xc0, 32, new Latches(32))),
                Part.atPorts(
                        "interrupt-controller",
                        Claim.of(0x20, 2, new InterruptController()),
                        Claim.of(0xa0, 2, new InterruptController()),
                        Claim.of(0x4d0, 2, new Latches(2))),
                Part.atPorts("timer", Claim.of(0x40, 4, new IntervalTimer(clock))),
                Part.atPorts("clock", Claim.of(0x70, 2, new RealTimeClock(memory, clock))),
                Part.atPorts(
                        "keyboard",
                        Claim.of(0x60, 1, keyboard.data()),
                        Claim.of(0x61, 1, new Latches(1)),
                        Claim.of(0x64, 1, keyboard.status())),
                firmware());
    }

    /** The ports of the configuration mechanism itself read as all ones while it is off. */
    private static Part hostBridge() {
        PciFunction function = new PciFunction(
                        0, INTEL | 0x7190, HOST_BRIDGE_CLASS, HOST_BRIDGE_REVISION)
                .command(PciFunction.DECODES_MEMORY | PciFunction.MASTERS_BUS)
                .constant(0x04, PciFunction.DECODES_MEMORY | PciFunction.MASTERS_BUS, 1);
        ConstantRegisters none =
                new ConstantRegisters(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
        return new Part(
                "host-bridge",
                Optional.of(function),
                List.of(Claim.of(Bus.CONFIG_ADDRESS, CONFIGURATION_PORTS, none)),
                List.of());
    }

    private static Part isaBridge() {
        PciFunction function = new PciFunction(
                        PciFunction.number(SOUTH_BRIDGE, 0),
                        INTEL | 0x7110,
                        ISA_BRIDGE_CLASS,
                        ISA_BRIDGE_REVISION)
                .multifunction()
                .command(PciFunction.DECODES_PORTS
                        | PciFunction.DECODES_MEMORY
                        | PciFunction.MASTERS_BUS);
        return Part.onPci("isa-bridge", function, Claim.of(0xb2, 2, new Latches(2)));
    }

    private Part powerManagement() {
        PciFunction function = new PciFunction(
                        PciFunction.number(SOUTH_BRIDGE, 3),
                        INTEL | 0x7113,
                        OTHER_BRIDGE_CLASS,
                        ISA_BRIDGE_REVISION)
                .command(PciFunction.DECODES_PORTS)
                .constant(POWER_BASE, POWER_PORTS | 1, 4)
                .constant(POWER_ENABLE, 1, 1);
        return Part.onPci(
                "power-management",
                function,
                Claim.of(POWER_PORTS, PowerManagement.PORTS, new PowerManagement(clock)));
    }

    /** The firmware shows below 1 MiB and below 4 GiB, where the processor begins. */
    private static Part firmware() {
        Firmware firmware = new Firmware();
        return Part.inMemory(
                "firmware",
                new Claim(MemoryMap.FIRMWARE, firmware),
                Claim.of(Bus.ADDRESSES - Firmware.BYTES, Firmware.BYTES, firmware));
    }
}
