package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

/**
 * Lets messages of Neighbor Discovery (RFC 4861) pass only if they speak for the port: its own
 * source address, its own target where they announce or look for a duplicate of one, and its own
 * hardware address in every link-layer address option. Malformed ones do not pass, fragments of them
 * do not (RFC 6980), and neither do packets of which it cannot be told whether they are one.
 */
final class NdInspection implements PacketRule {

    private static final int SOURCE_OFFSET = 8;
    private static final int TARGET_OFFSET = 8;
    private static final int OPTION_UNIT = 8;
    private static final int SOURCE_LINK_LAYER = 1;
    private static final int TARGET_LINK_LAYER = 2;

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int at, int end) {
        Ipv6Chain chain = Ipv6Chain.of(buffer, at, end);
        return switch (chain.state()) {
            case LATER_FRAGMENT -> true;
            case UNKNOWN -> false;
            case WHOLE, FIRST_FRAGMENT ->
                chain.protocol() != Ipv6Chain.ICMPV6
                        || passesIcmp(
                                ingress,
                                buffer,
                                chain,
                                Ipv6Address.read(buffer, at + SOURCE_OFFSET));
        };
    }

    private static boolean passesIcmp(
            FabricPort ingress, byte[] buffer, Ipv6Chain chain, Ipv6Address source) {
        if (chain.bytes() == 0) {
            return false;
        }
        Message message = Message.of(buffer[chain.at()] & 0xff);
        return message == Message.OTHER
                || (chain.state() == Ipv6Chain.State.WHOLE
                        && chain.bytes() >= message.bytes
                        && speaksForItself(ingress, buffer, chain.at(), message, source)
                        && optionsAreOwn(ingress, buffer, chain.at() + message.bytes, chain.end()));
    }

    private static boolean speaksForItself(
            FabricPort ingress, byte[] buffer, int at, Message message, Ipv6Address source) {
        boolean unspecified = source.equals(Ipv6Address.ANY);
        boolean ownSource = OwnIpv6.owns(ingress, source);
        return switch (message) {
            case ROUTER_SOLICITATION -> unspecified || ownSource;
            case NEIGHBOUR_SOLICITATION ->
                ownSource || (unspecified && isTargetOwn(ingress, buffer, at));
            case NEIGHBOUR_ADVERTISEMENT, REDIRECT -> ownSource && isTargetOwn(ingress, buffer, at);
            case ROUTER_ADVERTISEMENT -> ownSource;
            case OTHER -> true;
        };
    }

    private static boolean isTargetOwn(FabricPort ingress, byte[] buffer, int at) {
        return OwnIpv6.owns(ingress, Ipv6Address.read(buffer, at + TARGET_OFFSET));
    }

    private static boolean optionsAreOwn(FabricPort ingress, byte[] buffer, int from, int end) {
        int at = from;
        while (at < end) {
            int bytes = end - at < 2 ? 0 : (buffer[at + 1] & 0xff) * OPTION_UNIT;
            if (bytes == 0 || bytes > end - at || !isOwnOption(ingress, buffer, at, bytes)) {
                return false;
            }
            at += bytes;
        }
        return true;
    }

    private static boolean isOwnOption(FabricPort ingress, byte[] buffer, int at, int bytes) {
        boolean linkLayer = buffer[at] == SOURCE_LINK_LAYER || buffer[at] == TARGET_LINK_LAYER;
        return !linkLayer
                || (bytes == OPTION_UNIT
                        && MacAddress.valueAt(buffer, at + 2) == ingress.configuredAddress());
    }

    /** The messages, and the bytes before their options. */
    private enum Message {
        ROUTER_SOLICITATION(8),
        ROUTER_ADVERTISEMENT(16),
        NEIGHBOUR_SOLICITATION(24),
        NEIGHBOUR_ADVERTISEMENT(24),
        REDIRECT(40),
        OTHER(0);

        private final int bytes;

        Message(int bytes) {
            this.bytes = bytes;
        }

        private static Message of(int type) {
            return switch (type) {
                case 133 -> ROUTER_SOLICITATION;
                case 134 -> ROUTER_ADVERTISEMENT;
                case 135 -> NEIGHBOUR_SOLICITATION;
                case 136 -> NEIGHBOUR_ADVERTISEMENT;
                case 137 -> REDIRECT;
                default -> OTHER;
            };
        }
    }
}
