package cofferdam.monitor.device;

import cofferdam.monitor.device.BaseAddress.Space;

import java.util.List;

/** What a host's own bus has beside what it gives to guests. */
final class HostBoard {

    private static final int ENABLED =
            PciFunction.DECODES_PORTS | PciFunction.DECODES_MEMORY | PciFunction.MASTERS_BUS;
    private static final int FIRST_BAR = 0x10;
    private static final int SECOND_BAR = 0x14;
    private static final int THIRD_BAR = 0x18;
    private static final int FIFTH_BAR = 0x20;

    private static final int ETHERNET_REGISTERS = 128 << 10;
    private static final int ETHERNET_PORTS = 64;
    private static final int SCSI_PORTS = 256;
    private static final int SCSI_REGISTERS = 4096;
    private static final int USB_PORTS = 32;

    private HostBoard() {}

    static List<Part> parts() {
        return List.of(
                ethernet(),
                scsi(),
                usb(),
                Part.atPorts("host-serial", Claim.of(0x2f8, SerialPort.PORTS, new SerialPort())),
                Part.atPorts(
                        "host-parallel",
                        // Data; ready, no error, no paper missing; selected.
                        Claim.of(0x378, 3, new Latches(3).preset(1, 0xdf, 0x0c))));
    }

    /** An Intel 82540EM: device control and status after reset (developer's manual, section 13.4). */
    private static Part ethernet() {
        Latches registers = new Latches(ETHERNET_REGISTERS)
                .preset(0x00, 0x41, 0x02, 0x14, 0x00)
                .preset(0x08, 0x83, 0x07, 0x08, 0x80);
        return Part.onPci(
                "host-ethernet",
                new PciFunction(PciFunction.number(11, 0), 0x8086_100e, 0x02_00_00, 2)
                        .command(ENABLED)
                        .interrupt(1, 5)
                        .base(
                                new BaseAddress(
                                        FIRST_BAR, Space.MEMORY, ETHERNET_REGISTERS, registers),
                                0xfeb0_0000L)
                        .base(
                                new BaseAddress(
                                        THIRD_BAR,
                                        Space.PORTS,
                                        ETHERNET_PORTS,
                                        new Latches(ETHERNET_PORTS)),
                                0xd000));
    }

    /** An Adaptec 29160. */
    private static Part scsi() {
        return Part.onPci(
                "host-scsi",
                new PciFunction(PciFunction.number(12, 0), 0x9005_0080, 0x01_00_00, 2)
                        .command(ENABLED)
                        .interrupt(1, 10)
                        .base(
                                new BaseAddress(
                                        FIRST_BAR,
                                        Space.PORTS,
                                        SCSI_PORTS,
                                        new Latches(SCSI_PORTS)),
                                0xd400)
                        .base(
                                new BaseAddress(
                                        SECOND_BAR,
                                        Space.MEMORY,
                                        SCSI_REGISTERS,
                                        new Latches(SCSI_REGISTERS)),
                                0xfeb2_0000L));
    }

    /** The USB function of the host's own PIIX4. */
    private static Part usb() {
        return Part.onPci(
                "host-usb",
                new PciFunction(
                                PciFunction.number(Chipset.SOUTH_BRIDGE, 2),
                                0x8086_7112,
                                0x0c_03_00,
                                1)
                        .command(PciFunction.DECODES_PORTS | PciFunction.MASTERS_BUS)
                        .interrupt(4, 11)
                        .base(
                                new BaseAddress(
                                        FIFTH_BAR, Space.PORTS, USB_PORTS, new Latches(USB_PORTS)),
                                0xd800));
    }
}
