package cofferdam.analysis.inspect;

import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;

import org.pcap4j.packet.IcmpV6CommonPacket;
import org.pcap4j.packet.IpV6Packet;

import java.util.Optional;

/**
 * What a message of Neighbour Discovery (RFC 4861, section 4) says about who has an address.
 *
 * @param name of the message
 */
record NeighbourMessage(String name, Ipv6Address address, MacAddress hardware) {

    private static final int ROUTER_ADVERTISEMENT = 134;
    private static final int SOLICITATION = 135;
    private static final int ADVERTISEMENT = 136;
    private static final int SOURCE_ADDRESS_OPTION = 1;
    private static final int TARGET_ADDRESS_OPTION = 2;
    private static final int TARGET_OFFSET = 8;
    private static final int ROUTER_OPTIONS_OFFSET = 16;
    private static final int OPTIONS_OFFSET = 24;
    private static final int OPTION_UNIT = 8;
    private static final int OPTION_HEADER_BYTES = 2;

    static Optional<NeighbourMessage> in(Dissection frame) {
        Optional<IpV6Packet> ip = frame.layer(IpV6Packet.class);
        Optional<IcmpV6CommonPacket> icmp = frame.layer(IcmpV6CommonPacket.class);
        if (ip.isEmpty() || icmp.isEmpty()) {
            return Optional.empty();
        }
        byte[] message = icmp.get().getRawData();
        Ipv6Address source = Ipv6Address.read(ip.get().getHeader().getSrcAddr().getAddress(), 0);
        return switch (message[0] & 0xff) {
            case ROUTER_ADVERTISEMENT ->
                option(message, ROUTER_OPTIONS_OFFSET, SOURCE_ADDRESS_OPTION)
                        .map(mac -> new NeighbourMessage("router advertisement", source, mac));
            case SOLICITATION ->
                option(message, OPTIONS_OFFSET, SOURCE_ADDRESS_OPTION)
                        .map(mac -> new NeighbourMessage("neighbour solicitation", source, mac));
            case ADVERTISEMENT ->
                option(message, OPTIONS_OFFSET, TARGET_ADDRESS_OPTION)
                        .map(mac -> new NeighbourMessage(
                                "neighbour advertisement",
                                Ipv6Address.read(message, TARGET_OFFSET),
                                mac));
            default -> Optional.empty();
        };
    }

    /** The link-layer address in the option of that type, if there is one. */
    private static Optional<MacAddress> option(byte[] message, int start, int type) {
        int at = start;
        while (at + OPTION_UNIT <= message.length) {
            int length = (message[at + 1] & 0xff) * OPTION_UNIT;
            if (length == 0) {
                return Optional.empty();
            }
            if ((message[at] & 0xff) == type) {
                return Optional.of(MacAddress.read(message, at + OPTION_HEADER_BYTES));
            }
            at += length;
        }
        return Optional.empty();
    }
}
