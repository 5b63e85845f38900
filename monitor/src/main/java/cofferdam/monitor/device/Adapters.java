package cofferdam.monitor.device;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.device.BaseAddress.Space;
import cofferdam.monitor.policy.DevicesPolicy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The devices that a policy can give, each at the slot and the addresses that the firmware gave it.
 * Numbers of vendors and devices are those of the PCI ID Repository.
 */
final class Adapters {

    private static final int ENABLED =
            PciFunction.DECODES_PORTS | PciFunction.DECODES_MEMORY | PciFunction.MASTERS_BUS;
    private static final int FIRST_BAR = 0x10;
    private static final int SECOND_BAR = 0x14;
    private static final int FIFTH_BAR = 0x20;

    private static final int DISPLAY_CLASS = 0x03_00_00;
    private static final int ETHERNET_CLASS = 0x02_00_00;
    private static final int SCSI_CLASS = 0x01_00_00;

    /** IDE at the ports of the AT, with bus mastering. */
    private static final int IDE_CLASS = 0x01_01_80;

    private static final int DISPLAY_BYTES = 4 << 20;
    private static final int DISPLAY_WINDOW = 8 << 20;

    private final MacAddress mac;

    Adapters(MacAddress mac) {
        this.mac = mac;
    }

    Part part(DevicesPolicy.Model model) {
        String name = model.name().toLowerCase(Locale.ROOT);
        return switch (model) {
            case VGA -> vga(name);
            case PCNET -> pcnet(name);
            case TULIP -> tulip(name);
            case BUSLOGIC -> busLogic(name);
            case IDE -> ide(name);
            case FLOPPY -> floppy(name);
            case SERIAL -> Part.atPorts(name, Claim.of(0x3f8, SerialPort.PORTS, new SerialPort()));
        };
    }

    /** An S3 Trio64 with 4 MiB (data book, section 18: the window of the PCI base address is 8 MiB). */
    private static Part vga(String name) {
        VideoMemory memory = new VideoMemory(DISPLAY_BYTES);
        VideoRegisters registers = new VideoRegisters();
        PciFunction function = new PciFunction(
                        PciFunction.number(8, 0), 0x5333_8811, DISPLAY_CLASS, 0)
                .command(PciFunction.DECODES_PORTS | PciFunction.DECODES_MEMORY)
                .interrupt(1, 11)
                .base(
                        new BaseAddress(FIRST_BAR, Space.MEMORY, DISPLAY_WINDOW, memory),
                        0xf800_0000L);
        return new Part(
                name,
                Optional.of(function),
                List.of(
                        Claim.of(VideoRegisters.FIRST, VideoRegisters.MONOCHROME, registers),
                        Claim.of(
                                VideoRegisters.COLOUR_FIRST,
                                VideoRegisters.COLOUR,
                                registers.from(VideoRegisters.COLOUR_FIRST))),
                List.of(new Claim(MemoryMap.DISPLAY, memory)));
    }

    private Part pcnet(String name) {
        PcnetRegisters registers = new PcnetRegisters(mac);
        PciFunction function = new PciFunction(
                        PciFunction.number(16, 0), 0x1022_2000, ETHERNET_CLASS, 0x16)
                .command(ENABLED)
                .interrupt(1, 9)
                .base(
                        new BaseAddress(FIRST_BAR, Space.PORTS, PcnetRegisters.PORTS, registers),
                        0x1080)
                .base(
                        new BaseAddress(SECOND_BAR, Space.MEMORY, PcnetRegisters.PORTS, registers),
                        0xf400_0000L);
        return Part.onPci(name, function);
    }

    private Part tulip(String name) {
        TulipRegisters registers = new TulipRegisters(mac);
        PciFunction function = new PciFunction(
                        PciFunction.number(10, 0), 0x1011_0009, ETHERNET_CLASS, 0x20)
                .command(ENABLED)
                .interrupt(1, 11)
                .base(
                        new BaseAddress(FIRST_BAR, Space.PORTS, TulipRegisters.BYTES, registers),
                        0x1100)
                .base(
                        new BaseAddress(SECOND_BAR, Space.MEMORY, TulipRegisters.BYTES, registers),
                        0xf400_1000L);
        return Part.onPci(name, function);
    }

    /**
     * A BT-958 (MultiMaster technical reference): the adapter is ready and wants its mailboxes; no
     * data; no interrupt; geometry with extended translation.
     */
    private static Part busLogic(String name) {
        Registers registers = new ConstantRegisters(0x30, 0x00, 0x00, 0x80);
        PciFunction function = new PciFunction(
                        PciFunction.number(17, 0), 0x104b_1040, SCSI_CLASS, 0x01)
                .command(ENABLED)
                .interrupt(1, 10)
                .base(new BaseAddress(FIRST_BAR, Space.PORTS, 4, registers), 0x10c0)
                .base(
                        new BaseAddress(SECOND_BAR, Space.MEMORY, 4096, new Latches(4096)),
                        0xf400_2000L);
        return Part.onPci(name, function);
    }

    private static Part ide(String name) {
        IdeRegisters drive = new IdeRegisters();
        PciFunction function = new PciFunction(
                        PciFunction.number(Chipset.SOUTH_BRIDGE, 1), 0x8086_7111, IDE_CLASS, 1)
                .command(PciFunction.DECODES_PORTS | PciFunction.MASTERS_BUS)
                .base(new BaseAddress(FIFTH_BAR, Space.PORTS, 16, new Latches(16)), 0x1060);
        return Part.onPci(
                name,
                function,
                Claim.of(0x1f0, IdeRegisters.PORTS, drive),
                Claim.of(0x3f6, 1, drive.alternate()));
    }

    /**
     * An Intel 82078 after reset: the motor is off; it waits for a command; an answer would be that
     * the command is invalid; no disk was changed.
     */
    private static Part floppy(String name) {
        return Part.atPorts(
                name,
                Claim.of(0x3f0, 6, new ConstantRegisters(0x50, 0xc0, 0x0c, 0x20, 0x80, 0x80)),
                Claim.of(0x3f7, 1, new ConstantRegisters(0x00)));
    }
}
