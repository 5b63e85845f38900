package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

import java.time.Duration;
import java.util.Optional;

/**
 * An entry of a machine's ARP cache.
 *
 * @param hardware the address that packets go to; empty where none is known
 * @param state the state's name in RFC 4861, as {@code ip neighbour} writes it
 * @param age how long ago the entry last changed
 */
public record KnownNeighbour(
        Ipv4Address address, Optional<MacAddress> hardware, String state, Duration age) {}
