package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

/** A machine with its true addresses: those that it was configured with. */
public record Machine(String name, Ipv4Address address, MacAddress mac) {}
