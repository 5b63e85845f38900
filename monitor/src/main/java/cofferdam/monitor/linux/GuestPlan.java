package cofferdam.monitor.linux;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.util.Optional;

/**
 * What a guest is started with.
 *
 * @param name the machine
 * @param mac the hardware address of its network interface under test
 * @param address the protocol address of its own network stack
 * @param memory what it has in all, in bytes
 * @param disk its disk, if it has one
 */
public record GuestPlan(
        String name, MacAddress mac, Ipv4Address address, long memory, Optional<GuestDisk> disk) {}
