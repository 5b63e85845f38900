package cofferdam.attacks.network;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.TcpSegment;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes up stations and the frames that they send: TCP connection requests of 54 bytes, as macof's.
 */
final class StationForge {

    private static final long NO_GROUP_BIT = 0xfeff_ffff_ffffL;

    /** 198.18.0.0/15, which RFC 2544 sets apart for tests: no true host has such an address. */
    private static final int NETWORK = 0xc612_0000;

    private static final int HOST_BITS = 0x0001_ffff;
    private static final int TIME_TO_LIVE = 64;
    private static final int WINDOW = 512;
    private static final int PORTS = 65_536;

    private final RandomGenerator random;
    private final Set<MacAddress> spared = new HashSet<>();

    StationForge(RandomGenerator random) {
        this.random = random;
        spared.add(new MacAddress(0));
    }

    /** Never makes up this address from now on. */
    void spare(MacAddress address) {
        spared.add(address);
    }

    /** An address that is not a group's and belongs to none that is spared. */
    MacAddress station() {
        MacAddress address = new MacAddress(random.nextLong() & NO_GROUP_BIT);
        while (spared.contains(address)) {
            address = new MacAddress((address.value() + 1) & NO_GROUP_BIT);
        }
        return address;
    }

    /** A connection request from this station to another made-up one. */
    byte[] frame(MacAddress source) {
        Ipv4Address from = protocol();
        Ipv4Address to = protocol();
        TcpSegment request = new TcpSegment(
                port(),
                port(),
                random.nextInt(),
                0,
                Set.of(TcpSegment.Flag.SYN),
                WINDOW,
                0,
                new byte[0]);
        byte[] payload = request.toBytes(from, to);
        return new Ipv4Packet(
                        from, to, random.nextInt(PORTS), TIME_TO_LIVE, Ipv4Packet.TCP, payload)
                .toFrame(station(), source);
    }

    private Ipv4Address protocol() {
        return new Ipv4Address(NETWORK | (random.nextInt() & HOST_BITS));
    }

    private int port() {
        return random.nextInt(1, PORTS);
    }
}
