package cofferdam.attacks.device;

import cofferdam.attacks.Adversary;
import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.FinishedCampaign;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.Setting;
import cofferdam.monitor.Devices;
import cofferdam.monitor.KernelDevices;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;

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
        return "reads all PCI functions, I/O ports and physical pages that a kernel can reach, or knows of";
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
        adversary.report().accept(look(adversary.machine()));
        return FinishedCampaign.INSTANCE;
    }

    /** Register by register, or else as far as the machine's own system looks. */
    private static String look(Machine machine) throws MissingCapabilityException {
        Offer<Devices> registers = machine.offer(Devices.class);
        return switch (registers) {
            case Offer.Available<Devices> available -> look(available.capability());
            case Offer.Missing<Devices> missing ->
                look(machine.offer(KernelDevices.class)
                        .orElseThrow(other -> new MissingCapabilityException(missing.reason())));
        };
    }

    private static String look(KernelDevices devices) {
        try {
            KernelDevices.Look look = devices.look();
            return "%d functions and %d ports answered, and the kernel's map has %d ranges of addresses"
                    .formatted(look.functions(), look.ports(), look.ranges());
        } catch (IOException e) {
            return "refused: " + e.getMessage();
        }
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
