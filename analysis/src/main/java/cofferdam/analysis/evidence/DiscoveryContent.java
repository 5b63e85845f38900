package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IcmpV6CommonPacket.IpV6NeighborDiscoveryOption;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket;
import org.pcap4j.packet.IcmpV6NeighborAdvertisementPacket.IcmpV6NeighborAdvertisementHeader;
import org.pcap4j.packet.IcmpV6NeighborSolicitationPacket;
import org.pcap4j.packet.IcmpV6RouterAdvertisementPacket;
import org.pcap4j.packet.IcmpV6RouterAdvertisementPacket.IcmpV6RouterAdvertisementHeader;
import org.pcap4j.packet.IcmpV6RouterSolicitationPacket;
import org.pcap4j.packet.IllegalRawDataException;
import org.pcap4j.packet.IpV6NeighborDiscoveryPrefixInformationOption;
import org.pcap4j.packet.IpV6NeighborDiscoverySourceLinkLayerAddressOption;
import org.pcap4j.packet.IpV6NeighborDiscoveryTargetLinkLayerAddressOption;
import org.pcap4j.packet.Packet;

import java.net.Inet6Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message of neighbour discovery (RFC 4861).
 *
 * @param target the address that a neighbour's message is about; unspecified in a router's
 * @param hardware the hardware address that it gives: of the sender, or in a neighbour's
 *     advertisement of the target
 * @param flags what an advertisement says of its sender; all off in solicitations
 * @param preference of a router, after RFC 4191: 0 medium, 1 high, 3 low
 * @param lifetime seconds for which a router is a default router
 * @param prefixes what a router says is on the link
 */
public record DiscoveryContent(
        Kind kind,
        Ipv6Address target,
        Optional<MacAddress> hardware,
        Flags flags,
        int preference,
        int lifetime,
        List<Prefix> prefixes) {

    private static final int PREFERENCE_SHIFT = 3;
    private static final int PREFERENCE_MASK = 3;

    /** Which message it is. */
    public enum Kind {
        ROUTER_SOLICITATION,
        ROUTER_ADVERTISEMENT,
        NEIGHBOUR_SOLICITATION,
        NEIGHBOUR_ADVERTISEMENT
    }

    /** The flags of a neighbour's advertisement. */
    public record Flags(boolean router, boolean solicited, boolean override) {
        static final Flags NONE = new Flags(false, false, false);
    }

    /** A prefix and its length in bits. */
    public record Prefix(Ipv6Address prefix, int length) {}

    public DiscoveryContent {
        prefixes = List.copyOf(prefixes);
    }

    /** Reads an ICMPv6 message of neighbour discovery; empty if it is malformed. */
    static Optional<DiscoveryContent> in(PacketBytes bytes) {
        byte[] message = bytes.copy(0);
        try {
            return of(IcmpV6CommonPacket.newPacket(message, 0, message.length));
        } catch (IllegalRawDataException
                | ArrayIndexOutOfBoundsException
                | IllegalArgumentException e) {
            // The latter two are how pcap4j says it of some lengths and values.
            return Optional.empty();
        }
    }

    private static Optional<DiscoveryContent> of(IcmpV6CommonPacket message) {
        Packet body = message.getPayload();
        if (body instanceof IcmpV6NeighborSolicitationPacket asked) {
            return Optional.of(neighbour(
                    Kind.NEIGHBOUR_SOLICITATION,
                    asked.getHeader().getTargetAddress(),
                    source(asked.getHeader().getOptions()),
                    Flags.NONE));
        }
        if (body instanceof IcmpV6NeighborAdvertisementPacket told) {
            return Optional.of(of(told.getHeader()));
        }
        if (body instanceof IcmpV6RouterAdvertisementPacket told) {
            return Optional.of(of(told.getHeader()));
        }
        return body instanceof IcmpV6RouterSolicitationPacket asked
                ? Optional.of(solicitation(source(asked.getHeader().getOptions())))
                : Optional.empty();
    }

    private static DiscoveryContent solicitation(Optional<MacAddress> hardware) {
        return new DiscoveryContent(
                Kind.ROUTER_SOLICITATION, Ipv6Address.ANY, hardware, Flags.NONE, 0, 0, List.of());
    }

    private static DiscoveryContent neighbour(
            Kind kind, Inet6Address target, Optional<MacAddress> hardware, Flags flags) {
        return new DiscoveryContent(kind, address(target), hardware, flags, 0, 0, List.of());
    }

    private static DiscoveryContent of(IcmpV6NeighborAdvertisementHeader told) {
        Optional<MacAddress> hardware = told.getOptions().stream()
                .filter(IpV6NeighborDiscoveryTargetLinkLayerAddressOption.class::isInstance)
                .map(IpV6NeighborDiscoveryTargetLinkLayerAddressOption.class::cast)
                .flatMap(option -> hardware(option.getLinkLayerAddress()))
                .findFirst();
        return neighbour(
                Kind.NEIGHBOUR_ADVERTISEMENT,
                told.getTargetAddress(),
                hardware,
                new Flags(told.getRouterFlag(), told.getSolicitedFlag(), told.getOverrideFlag()));
    }

    private static DiscoveryContent of(IcmpV6RouterAdvertisementHeader told) {
        List<Prefix> prefixes = told.getOptions().stream()
                .filter(IpV6NeighborDiscoveryPrefixInformationOption.class::isInstance)
                .map(IpV6NeighborDiscoveryPrefixInformationOption.class::cast)
                .map(option ->
                        new Prefix(address(option.getPrefix()), option.getPrefixLengthAsInt()))
                .toList();
        return new DiscoveryContent(
                Kind.ROUTER_ADVERTISEMENT,
                Ipv6Address.ANY,
                source(told.getOptions()),
                Flags.NONE,
                (told.getReserved() >>> PREFERENCE_SHIFT) & PREFERENCE_MASK,
                told.getRouterLifetimeAsInt(),
                prefixes);
    }

    private static Optional<MacAddress> source(List<IpV6NeighborDiscoveryOption> options) {
        return options.stream()
                .filter(IpV6NeighborDiscoverySourceLinkLayerAddressOption.class::isInstance)
                .map(IpV6NeighborDiscoverySourceLinkLayerAddressOption.class::cast)
                .flatMap(option -> hardware(option.getLinkLayerAddress()))
                .findFirst();
    }

    private static Stream<MacAddress> hardware(byte[] bytes) {
        return bytes.length == MacAddress.BYTES
                ? Stream.of(MacAddress.read(bytes, 0))
                : Stream.empty();
    }

    private static Ipv6Address address(Inet6Address address) {
        return Ipv6Address.read(address.getAddress(), 0);
    }
}
