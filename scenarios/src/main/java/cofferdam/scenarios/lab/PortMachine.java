package cofferdam.scenarios.lab;

import cofferdam.monitor.Capability;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Offer;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

/** The machine behind a port, as far as others can aim at it. */
record PortMachine(String name, MacAddress mac, Ipv4Address address) implements Machine {

    @Override
    public <C extends Capability> Offer<C> offer(Class<C> capability) {
        return new Offer.Missing<>(
                "'%s' is outside the lab, which does not rule it".formatted(name));
    }
}
