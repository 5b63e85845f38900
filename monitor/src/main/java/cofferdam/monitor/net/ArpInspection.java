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
 * dropped. ARP behind VLAN tags is inspected where the policy looks behind them; ARP in IEEE 802.2 SNAP framing (RFC
 * 1042) is not recognised as ARP and passes.
 */
final class ArpInspection implements IngressFilter {

    private static final int ETHERNET_HARDWARE = 1;
    private static final int SENDER_HARDWARE = 8;
    private static final int SENDER_PROTOCOL = 14;
    private static final int LENGTHS = MacAddress.BYTES << 8 | Ipv4Address.BYTES;

    private final Map<Ipv4Address, MacAddress> bindings;
    private final PortAddresses addresses;
    private final boolean validateSource;
    private final Sender sender;
    private final Sight sight;

    /**
     * @param bindings of all machines
     * @param addresses the protocol addresses of ports, where no binding is asked for
     * @param validateSource whether the Ethernet source must also be the sender hardware address
     * @param sender which sender addresses pass
     */
    ArpInspection(
            Map<Ipv4Address, MacAddress> bindings,
            PortAddresses addresses,
            boolean validateSource,
            Sender sender,
            Sight sight) {
        this.addresses = addresses;
        this.sender = sender;
        this.sight = sight;
        this.bindings = Map.copyOf(bindings);
        this.validateSource = validateSource;
    }

    @Override
    public String name() {
        return "arp-inspection";
    }

    @Override
    public boolean passes(FabricPort ingress, byte[] buffer, int offset, int length) {
        int type = sight.typeOffset(buffer, offset, length);
        if (type + 2 > length || FrameHeader.u16(buffer, offset + type) != Ethernet.ARP) {
            return true;
        }
        int at = offset + type + 2;
        if (!isWellFormed(buffer, at, offset + length)) {
            return false;
        }
        long hardware = MacAddress.valueAt(buffer, at + SENDER_HARDWARE);
        return isSender(ingress, hardware, Ipv4Address.read(buffer, at + SENDER_PROTOCOL))
                && (!validateSource || FrameHeader.source(buffer, offset) == hardware);
    }

    /** Lets every ARP packet pass, and tells the addresses of ports of what it hears. */
    static PacketRule listener(PortAddresses addresses) {
        return (ingress, buffer, at, end) -> {
            if (isWellFormed(buffer, at, end)) {
                addresses.owns(ingress, Ipv4Address.read(buffer, at + SENDER_PROTOCOL));
            }
            return true;
        };
    }

    @Override
    public void linkDown(FabricPort port) {
        addresses.linkDown(port);
    }

    private static boolean isWellFormed(byte[] buffer, int at, int end) {
        return end - at >= ArpPacket.BYTES
                && FrameHeader.u16(buffer, at) == ETHERNET_HARDWARE
                && FrameHeader.u16(buffer, at + 2) == Ethernet.IPV4
                && FrameHeader.u16(buffer, at + 4) == LENGTHS;
    }

    private boolean isSender(FabricPort ingress, long hardware, Ipv4Address protocol) {
        long own = ingress.configuredAddress();
        return switch (sender) {
            case BINDING -> hardware == own && isBound(protocol, own);
            case MAC -> hardware == own;
            case IP -> isOwnOrProbe(ingress, protocol);
            case MAC_AND_IP -> hardware == own && isOwnOrProbe(ingress, protocol);
        };
    }

    /** A probe is sent from 0.0.0.0, to find out whether an address is free (RFC 5227). */
    private boolean isOwnOrProbe(FabricPort ingress, Ipv4Address protocol) {
        return protocol.equals(Ipv4Address.ANY) || addresses.owns(ingress, protocol);
    }

    private boolean isBound(Ipv4Address protocol, long hardware) {
        MacAddress bound = bindings.get(protocol);
        return bound != null && bound.value() == hardware && !protocol.equals(Ipv4Address.ANY);
    }
}
