package cofferdam.monitor.linux;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Devices;
import cofferdam.monitor.KernelDevices;
import cofferdam.monitor.Offer;
import cofferdam.monitor.evidence.Event;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a real guest can see of its machine. */
record BusFacility(LinuxGuest guest, Hypervisor hypervisor) implements Facility {

    private static final String MONITOR = "monitor";

    @Override
    public <C extends Capability> Optional<Offer<C>> offer(Class<C> kind) {
        Optional<String> without = hypervisor.withoutBuses();
        if (kind == Devices.class) {
            return Facility.missing(without.orElse(
                    "a real guest's registers are not reached one by one from outside"));
        }
        if (kind != KernelDevices.class) {
            return Optional.empty();
        }
        return without.isPresent()
                ? Facility.missing(without.get())
                : Facility.available(kind, new BusLook(guest.name(), guest::shell, guest::record));
    }

    /**
     * Tells what the guest was given, once its firmware and its kernel have placed it.
     *
     * @throws IOException if the monitor does not tell where
     */
    void recordGiven() throws IOException {
        if (hypervisor.withoutBuses().isPresent()) {
            return;
        }
        List<GivenDevice> devices = guest.process().devices();
        for (GivenDevice device : devices) {
            guest.record(time -> new Event.DeviceGiven(
                    time,
                    MONITOR,
                    guest.name(),
                    device.name(),
                    device.function(),
                    device.identity(),
                    device.ports(),
                    device.memory()));
        }
    }
}
