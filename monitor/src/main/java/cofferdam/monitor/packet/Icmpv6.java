package cofferdam.monitor.packet;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An ICMPv6 message (RFC 4443): type, code 0, checksum, body. Echo, and the messages of neighbour
 * discovery (RFC 4861).
 */
public sealed interface Icmpv6 {

    /** The hop limit of neighbour discovery: what has passed a router has a smaller one. */
    int NEIGHBOUR_DISCOVERY_HOP_LIMIT = 255;

    /** An echo request or reply. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a whole; a copy would cost
    record Echo(boolean reply, int identifier, int sequence, byte[] data) implements Icmpv6 {}

    /**
     * Asks for the hardware address of {@code target} (RFC 4861 section 4.3).
     *
     * @param sourceHardware the sender's own hardware address, where it gives one
     */
    record NeighbourSolicitation(Ipv6Address target, Optional<MacAddress> sourceHardware)
            implements Icmpv6 {}

    /**
     * Says where {@code target} is (RFC 4861 section 4.4).
     *
     * @param router whether the sender is a router
     * @param solicited whether it answers a solicitation
     * @param override whether it may change what is known of the target
     * @param targetHardware the target's hardware address, where it is given
     */
    record NeighbourAdvertisement(
            boolean router,
            boolean solicited,
            boolean override,
            Ipv6Address target,
            Optional<MacAddress> targetHardware)
            implements Icmpv6 {}

    /** Asks routers to say what they are (RFC 4861 section 4.1). */
    record RouterSolicitation(Optional<MacAddress> sourceHardware) implements Icmpv6 {}

    /**
     * What a router says of itself and the link (RFC 4861 section 4.2; preference: RFC 4191).
     *
     * @param hopLimit what hosts should send with; 0 leaves it to them
     * @param lifetime seconds for which it is a default router, to 65,535; 0 if it is none
     * @param sourceHardware the router's hardware address, where it is given
     * @param mtu the link's, in bytes, where it is given
     * @param prefixes what is on the link
     */
    record RouterAdvertisement(
            int hopLimit,
            RouterPreference preference,
            int lifetime,
            Optional<MacAddress> sourceHardware,
            OptionalInt mtu,
            List<PrefixInformation> prefixes)
            implements Icmpv6 {

        public RouterAdvertisement {
            prefixes = List.copyOf(prefixes);
        }
    }

    /**
     * How much a router wants to be the default (RFC 4191 section 2.1), the least first; the value
     * that is reserved counts as medium.
     */
    enum RouterPreference {
        LOW(3),
        MEDIUM(0),
        HIGH(1);

        private final int code;

        RouterPreference(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        static RouterPreference of(int code) {
            return code == LOW.code ? LOW : code == HIGH.code ? HIGH : MEDIUM;
        }
    }

    /**
     * A prefix of the link (RFC 4861 section 4.6.2).
     *
     * @param prefix the bits behind the length are zero
     * @param length bits, 0 to 128
     * @param onLink whether addresses in it are neighbours
     * @param autonomous whether hosts make themselves addresses in it
     * @param valid seconds, an unsigned number of 32 bits; all ones is for ever
     * @param preferred seconds, the same
     */
    record PrefixInformation(
            Ipv6Address prefix,
            int length,
            boolean onLink,
            boolean autonomous,
            long valid,
            long preferred) {}

    /**
     * Reads the message in a packet; empty if it is of another kind, or malformed: wrong checksum, a
     * code other than 0, or one of the conditions under which RFC 4861 (sections 6.1 and 7.1) has
     * neighbour discovery discarded, such as a hop limit that says that it came from elsewhere.
     */
    static Optional<Icmpv6> inPacket(Ipv6Packet packet) {
        byte[] bytes = packet.payload();
        boolean sound = packet.nextHeader() == Ipv6Packet.ICMP
                && bytes.length >= Icmpv6Codec.HEADER_BYTES
                && bytes[1] == 0
                && Checksum.ofSegment(packet.source(), packet.target(), Ipv6Packet.ICMP, bytes)
                        == 0;
        return sound ? Icmpv6Codec.read(packet) : Optional.empty();
    }

    /** The message as an IPv6 payload, with the checksum that its addresses give. */
    default byte[] toBytes(Ipv6Address source, Ipv6Address target) {
        byte[] bytes = Icmpv6Codec.bytes(this);
        Bytes.put16(bytes, 2, Checksum.ofSegment(source, target, Ipv6Packet.ICMP, bytes));
        return bytes;
    }

    /** A packet with the message; a message of neighbour discovery needs its own hop limit. */
    default Ipv6Packet toPacket(Ipv6Address source, Ipv6Address target, int hopLimit) {
        return new Ipv6Packet(source, target, hopLimit, Ipv6Packet.ICMP, toBytes(source, target));
    }

    /** An echo reply to a request. */
    static Echo answerTo(Echo request) {
        return new Echo(
                true,
                request.identifier(),
                request.sequence(),
                Arrays.copyOf(request.data(), request.data().length));
    }
}
