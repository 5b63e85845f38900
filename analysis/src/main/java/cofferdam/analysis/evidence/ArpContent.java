package cofferdam.analysis.evidence;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;

/**
 * An ARP message (RFC 826).
 *
 * @param reply whether the operation is a reply
 * @param senderProtocol the protocol address that it speaks for
 * @param senderHardware the hardware address that it gives for it
 */
public record ArpContent(boolean reply, Ipv4Address senderProtocol, MacAddress senderHardware)
        implements Content {}
