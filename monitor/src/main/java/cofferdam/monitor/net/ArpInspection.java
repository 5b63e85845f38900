package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.NetworkPolicy.ArpInspection.Sender;

import java.util.Map;

/**
 * Dynamic ARP inspection with static bindings. An ARP packet (RFC 826) from a guest, request or
 * reply, passes only if its sender protocol and hardware addresses, or the one that is asked for, are
 * the binding of the very port it comes from; 0.0.0.0 has no binding. Packets that are short, or not for IPv4 over Ethernet, are
 * dropped. ARP behind any number of VLAN tags is inspected too; ARP in IEEE 802.2 SNAP framing (RFC
 * 1042) is not recognised as ARP and passes.
 */
final class ArpInspection implements IngressFilter {

    private static final int ETHERNET_HARDWARE = 1;
    private static final int LENGTHS = MacAddress.BYTES << 8 | Ipv4Address.BYTES;

    private final Map<Ipv4Address, MacAddress> bindings;
    private final boolean validateSource;
    private final Sender sender;

    /**
     * @param validateSource whether the Ethernet source must also be the sender hardware address
     * @param sender which sender addresses pass
     */
    ArpInspection(
            Map<Ipv4Address, MacAddress> bindings, boolean validateSource, Sender sender) {
        this.sender = sender;
        this.bindings = Map.copyOf(bindings);
        this.validateSource = validateSource;
    }

    @Override
    public String name() {
        return "arp-inspection";
    }

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
        int type = FrameHeader.typeOffset(buffer, offset, length);
        if (type + 2 > length || FrameHeader.u16(buffer, offset + type) != Ethernet.ARP) {
            return true;
        }
        int at = offset + type + 2;
        if (offset + length - at < ArpPacket.BYTES || !isWellFormed(buffer, at)) {
            return false;
        }
        long hardware = MacAddress.valueAt(buffer, at + 8);
        return isSender(ingress, hardware, Ipv4Address.read(buffer, at + 14))
                && (!validateSource || FrameHeader.source(buffer, offset) == hardware);
    }

    private static boolean isWellFormed(byte[] buffer, int at) {
        return FrameHeader.u16(buffer, at) == ETHERNET_HARDWARE
                && FrameHeader.u16(buffer, at + 2) == Ethernet.IPV4
                && FrameHeader.u16(buffer, at + 4) == LENGTHS;
    }

    private boolean isSender(FabricPort ingress, long hardware, Ipv4Address protocol) {
        long own = ingress.configuredAddress();
        boolean mine = hardware == own;
        return switch (sender) {
            case BINDING -> mine && isBound(protocol, own);
            case MAC -> mine;
            case IP -> isBoundOrProbe(protocol, own);
            case MAC_AND_IP -> mine && isBoundOrProbe(protocol, own);
        };
    }

    /** A probe is sent from 0.0.0.0, to find out whether an address is free (RFC 5227). */
    private boolean isBoundOrProbe(Ipv4Address protocol, long hardware) {
        return protocol.equals(Ipv4Address.ANY) || isBound(protocol, hardware);
    }

    private boolean isBound(Ipv4Address protocol, long hardware) {
        MacAddress bound = bindings.get(protocol);
        return bound != null && bound.value() == hardware && !protocol.equals(Ipv4Address.ANY);
    }
}
