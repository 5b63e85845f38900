package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.packet.Icmpv6.Echo;
import cofferdam.monitor.packet.Icmpv6.NeighbourAdvertisement;
import cofferdam.monitor.packet.Icmpv6.NeighbourSolicitation;
import cofferdam.monitor.packet.Icmpv6.RouterAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterPreference;
import cofferdam.monitor.packet.Icmpv6.RouterSolicitation;

import java.util.Arrays;
import java.util.Optional;

/** The layouts of ICMPv6 messages: RFC 4443 section 4, RFC 4861 section 4. */
final class Icmpv6Codec {

    /** Type, code, checksum, and four bytes that every message here has. */
    static final int HEADER_BYTES = 8;

    private static final int ECHO_REQUEST = 128;
    private static final int ECHO_REPLY = 129;
    private static final int ROUTER_SOLICITATION = 133;
    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int NEIGHBOUR_SOLICITATION = 135;
    private static final int NEIGHBOUR_ADVERTISEMENT = 136;

    private static final int NEIGHBOUR_BYTES = HEADER_BYTES + Ipv6Address.BYTES;
    private static final int ADVERTISEMENT_BYTES = 16;
    private static final int ROUTER = 0x80;
    private static final int SOLICITED = 0x40;
    private static final int OVERRIDE = 0x20;
    private static final int PREFERENCE_SHIFT = 3;
    private static final int PREFERENCE_MASK = 3;

    private Icmpv6Codec() {}

    /** Reads a message whose checksum and code are right. */
    static Optional<Icmpv6> read(Ipv6Packet packet) {
        byte[] bytes = packet.payload();
        int type = Bytes.u8(bytes, 0);
        if (type == ECHO_REQUEST || type == ECHO_REPLY) {
            return Optional.of(echo(bytes, type == ECHO_REPLY));
        }
        if (packet.hopLimit() != Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT) {
            return Optional.empty();
        }
        return switch (type) {
            case ROUTER_SOLICITATION -> routerSolicitation(packet);
            case ROUTER_ADVERTISEMENT -> routerAdvertisement(packet);
            case NEIGHBOUR_SOLICITATION -> solicitation(packet);
            case NEIGHBOUR_ADVERTISEMENT -> advertisement(packet);
            default -> Optional.empty();
        };
    }

    private static Icmpv6 echo(byte[] bytes, boolean reply) {
        byte[] data = Arrays.copyOfRange(bytes, HEADER_BYTES, bytes.length);
        return new Echo(reply, Bytes.u16(bytes, 4), Bytes.u16(bytes, 6), data);
    }

    private static Optional<Icmpv6> routerSolicitation(Ipv6Packet packet) {
        return DiscoveryOptions.read(packet.payload(), HEADER_BYTES)
                .filter(options -> !packet.source().equals(Ipv6Address.ANY)
                        || options.sourceHardware().isEmpty())
                .map(options -> new RouterSolicitation(options.sourceHardware()));
    }

    private static Optional<Icmpv6> routerAdvertisement(Ipv6Packet packet) {
        byte[] bytes = packet.payload();
        if (bytes.length < ADVERTISEMENT_BYTES || !packet.source().isLinkLocal()) {
            return Optional.empty();
        }
        int preference = (bytes[5] >>> PREFERENCE_SHIFT) & PREFERENCE_MASK;
        return DiscoveryOptions.read(bytes, ADVERTISEMENT_BYTES)
                .map(options -> new RouterAdvertisement(
                        Bytes.u8(bytes, 4),
                        RouterPreference.of(preference),
                        Bytes.u16(bytes, 6),
                        options.sourceHardware(),
                        options.mtu(),
                        options.prefixes()));
    }

    private static Optional<Icmpv6> solicitation(Ipv6Packet packet) {
        byte[] bytes = packet.payload();
        if (bytes.length < NEIGHBOUR_BYTES) {
            return Optional.empty();
        }
        Ipv6Address target = Ipv6Address.read(bytes, HEADER_BYTES);
        boolean probe = packet.source().equals(Ipv6Address.ANY);
        boolean misdirected = probe && !isSolicitedNode(packet.target());
        return DiscoveryOptions.read(bytes, NEIGHBOUR_BYTES)
                .filter(options -> !target.isMulticast()
                        && !misdirected
                        && (!probe || options.sourceHardware().isEmpty()))
                .map(options -> new NeighbourSolicitation(target, options.sourceHardware()));
    }

    private static boolean isSolicitedNode(Ipv6Address address) {
        return address.equals(address.solicitedNode());
    }

    private static Optional<Icmpv6> advertisement(Ipv6Packet packet) {
        byte[] bytes = packet.payload();
        if (bytes.length < NEIGHBOUR_BYTES) {
            return Optional.empty();
        }
        Ipv6Address target = Ipv6Address.read(bytes, HEADER_BYTES);
        int flags = Bytes.u8(bytes, 4);
        boolean misdirected = packet.target().isMulticast() && (flags & SOLICITED) != 0;
        return DiscoveryOptions.read(bytes, NEIGHBOUR_BYTES)
                .filter(options -> !target.isMulticast() && !misdirected)
                .map(options -> new NeighbourAdvertisement(
                        (flags & ROUTER) != 0,
                        (flags & SOLICITED) != 0,
                        (flags & OVERRIDE) != 0,
                        target,
                        options.targetHardware()));
    }

    /** The message with a checksum of zero. */
    static byte[] bytes(Icmpv6 message) {
        return switch (message) {
            case Echo echo -> bytes(echo);
            case RouterSolicitation asked ->
                DiscoveryOptions.ofSource(asked.sourceHardware())
                        .behind(header(ROUTER_SOLICITATION, HEADER_BYTES));
            case RouterAdvertisement told -> bytes(told);
            case NeighbourSolicitation asked -> {
                byte[] header = header(NEIGHBOUR_SOLICITATION, NEIGHBOUR_BYTES);
                asked.target().write(header, HEADER_BYTES);
                yield DiscoveryOptions.ofSource(asked.sourceHardware()).behind(header);
            }
            case NeighbourAdvertisement told -> bytes(told);
        };
    }

    private static byte[] header(int type, int length) {
        byte[] header = new byte[length];
        header[0] = (byte) type;
        return header;
    }

    private static byte[] bytes(Echo echo) {
        byte[] bytes =
                header(echo.reply() ? ECHO_REPLY : ECHO_REQUEST, HEADER_BYTES + echo.data().length);
        Bytes.put16(bytes, 4, echo.identifier());
        Bytes.put16(bytes, 6, echo.sequence());
        System.arraycopy(echo.data(), 0, bytes, HEADER_BYTES, echo.data().length);
        return bytes;
    }

    private static byte[] bytes(RouterAdvertisement told) {
        byte[] header = header(ROUTER_ADVERTISEMENT, ADVERTISEMENT_BYTES);
        header[4] = (byte) told.hopLimit();
        header[5] = (byte) (told.preference().code() << PREFERENCE_SHIFT);
        Bytes.put16(header, 6, told.lifetime());
        return new DiscoveryOptions(
                        told.sourceHardware(), Optional.empty(), told.mtu(), told.prefixes())
                .behind(header);
    }

    private static byte[] bytes(NeighbourAdvertisement told) {
        byte[] header = header(NEIGHBOUR_ADVERTISEMENT, NEIGHBOUR_BYTES);
        header[4] = (byte) ((told.router() ? ROUTER : 0)
                | (told.solicited() ? SOLICITED : 0)
                | (told.override() ? OVERRIDE : 0));
        told.target().write(header, HEADER_BYTES);
        return DiscoveryOptions.ofTarget(told.targetHardware()).behind(header);
    }
}
