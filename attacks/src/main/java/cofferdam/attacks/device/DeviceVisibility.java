package cofferdam.attacks.device;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.Devices;

import java.io.IOException;
import java.util.List;

/** The kernel of a guest looks for everything that answers on its buses. */
public final class DeviceVisibility implements Attack {

    @Override
    public String name() {
        return "device-visibility";
    }

    @Override
    public String summary() {
        return "reads all PCI functions, I/O ports and physical pages that a kernel can reach";
    }

    @Override
    public Boundary boundary() {
        return Boundary.DEVICE;
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Victims victims() {
        return Victims.NONE;
    }

    @Override
    public Campaign start(Adversary adversary) throws MissingCapabilityException {
        Devices devices = adversary
                .machine()
                .offer(Devices.class)
                .orElseThrow(MissingCapabilityException::new);
        adversary.report().accept(look(devices));
        return FinishedCampaign.INSTANCE;
    }

    private static String look(Devices devices) {
        try {
            PciScan pci = new PciScan(devices);
            pci.run();
            int ports = new PortScan(devices).run();
            AddressScan addresses = new AddressScan(devices, MemorySize.of(devices));
            addresses.run();
            devices.scanned();
            return "%d functions with %d base addresses, %d ports and %d ranges of addresses answered"
                    .formatted(pci.functions(), pci.bases(), ports, addresses.ranges());
        } catch (IOException e) {
            return "refused: " + e.getMessage();
        }
    }
}
