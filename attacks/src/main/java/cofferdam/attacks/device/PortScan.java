package cofferdam.attacks.device;

import cofferdam.monitor.Devices;

import java.io.IOException;

/** Reads every I/O port but those of the PCI configuration mechanism, which has been used. */
final class PortScan {

    private static final int PORTS = 1 << 16;
    private static final int CONFIGURATION_PORTS = 8;
    private static final int NOBODY = 0xff;

    private final Devices devices;

    PortScan(Devices devices) {
        this.devices = devices;
    }

    /** Reads every port; gives how many answered. */
    int run() throws IOException {
        int answered = 0;
        for (int port = 0; port < PORTS; port++) {
            if ((port & -CONFIGURATION_PORTS) == PciScan.CONFIG_ADDRESS) {
                continue;
            }
            int value = devices.in(port, 1);
            if (value != NOBODY) {
                answered++;
                devices.found(
                        new Devices.Finding("port %04x".formatted(port), "%02x".formatted(value)));
            }
        }
        return answered;
    }
}
