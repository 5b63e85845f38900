package cofferdam.attacks.network;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import java.util.Optional;

/**
 * Sends on to their true addressees the IPv4 packets that came to the attacker's hardware address
 * but are for a victim's protocol address, or for a gateway to pass on. Of the packet it changes nothing, not even the time to
 * live, and it forwards fragments and packets with options too.
 */
final class Forwarder {

    /** Where the packet's source and target addresses lie in a frame (RFC 791 section 3.1). */
    private static final int SOURCE_AT = Ethernet.HEADER_BYTES + 12;

    private static final int TARGET_AT = Ethernet.HEADER_BYTES + 16;
    private static final int SHORTEST = TARGET_AT + Ipv4Address.BYTES;

    private final Foothold foothold;
    private final AddressResolution victims;
    private final Optional<Ipv4Address> gateway;
    private long forwarded;

    Forwarder(Foothold foothold, AddressResolution victims) {
        this(foothold, victims, Optional.empty());
    }

    /** @param gateway the victim who gets what is for no victim, as the true router */
    Forwarder(Foothold foothold, AddressResolution victims, Optional<Ipv4Address> gateway) {
        this.foothold = foothold;
        this.victims = victims;
        this.gateway = gateway;
    }

    /** How many frames have been sent on. */
    long forwarded() {
        return forwarded;
    }

    /** Sends the frame on if it is one to forward. */
    void heard(byte[] frame) {
        if (!isDiverted(frame)) {
            return;
        }
        // A frame from the very station to which it would go came round in a circle.
        Ipv4Address target = Ipv4Address.read(frame, TARGET_AT);
        if (target.equals(foothold.protocol())) {
            return;
        }
        victims.of(target)
                .or(() -> gateway.flatMap(victims::of))
                .filter(next -> !next.equals(Ethernet.source(frame)))
                .ifPresent(next -> forward(frame, next));
    }

    private void forward(byte[] frame, MacAddress next) {
        if (foothold.transmitter().send(Ethernet.readdressed(frame, next, foothold.hardware()))) {
            forwarded++;
        }
    }

    private boolean isDiverted(byte[] frame) {
        return frame.length >= SHORTEST
                && Ethernet.etherType(frame) == Ethernet.IPV4
                && frame[Ethernet.HEADER_BYTES] >>> 4 == 4
                && Ethernet.destination(frame).equals(foothold.hardware())
                && !Ethernet.source(frame).equals(foothold.hardware())
                && !Ipv4Address.read(frame, SOURCE_AT).equals(foothold.protocol());
    }
}
