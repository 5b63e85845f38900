package cofferdam.analysis.evidence;

import java.util.Set;

/**
 * A packet as the same packet is recognised at another place, whatever forwarders change on its way.
 */
public sealed interface PacketContent extends Content permits Ipv4Content, Ipv6Content {

    /** Whether it goes from an address of one machine to an address of the other. */
    boolean goes(Machine from, Machine to);

    /**
     * Whether it can be what one machine says to the other by a router, or before it has an address:
     * it comes from the one's address, or goes to the other's.
     */
    boolean concerns(Machine from, Machine to);

    /** Whether these bytes occur after the header. */
    boolean contains(byte[] text);

    /** Whether it names one of these exchanges, by the text that every exchange's messages have. */
    boolean names(Set<String> flows);

    /** Whether it is an ICMP echo or the answer to one (RFC 792, RFC 4443 section 4). */
    boolean isEcho();

    /**
     * Whether it only finds neighbours and routers: what ARP is to IPv4, which nobody takes for a
     * conversation.
     */
    boolean isDiscovery();
}
