package cofferdam.monitor.policy;

import cofferdam.monitor.policy.NetworkPolicy.ArpInspection;
import cofferdam.monitor.policy.NetworkPolicy.MacLearning;
import cofferdam.monitor.policy.NetworkPolicy.MacTable;
import cofferdam.monitor.policy.NetworkPolicy.PortSecurity;
import cofferdam.monitor.yaml.DurationText;
import cofferdam.monitor.yaml.RateText;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes how a policy configures the network. */
final class NetworkWriter {

    private NetworkWriter() {}

    static Map<String, Object> write(NetworkPolicy network) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("mode", PolicyWords.MODE.word(network.mode()));
        keys.put("promiscuous", PolicyWords.PROMISCUOUS.word(network.promiscuous()));
        keys.put("mac-changes", PolicyWords.PERMISSION.word(network.macChanges()));
        keys.put("forged-transmits", PolicyWords.PERMISSION.word(network.forgedTransmits()));
        keys.put("mac-learning", PolicyWords.MAC_LEARNING.word(network.macLearning()));
        if (network.macLearning() == MacLearning.LEARN) {
            keys.put("mac-table", macTable(network.macTable()));
        }
        keys.put("unknown-unicast", PolicyWords.UNKNOWN_UNICAST.word(network.unknownUnicast()));
        keys.put("port-security", portSecurity(network.portSecurity()));
        keys.put("arp-inspection", arpInspection(network.arpInspection()));
        keys.put("port-isolation", network.portIsolation());
        keys.put(
                "rate-limit",
                network.rateLimit() == 0 ? PolicyWords.OFF : RateText.of(network.rateLimit()));
        PacketGuards guards = network.guards();
        keys.put("ip-source-guard", sourceGuard(guards.ipSourceGuard()));
        keys.put("nd-inspection", guards.ndInspection());
        keys.put("ra-guard", guards.raGuard());
        keys.put("dhcp-guard", guards.dhcpGuard());
        keys.put("protocols", PolicyWords.PROTOCOLS.word(guards.protocols()));
        keys.put("tagged", PolicyWords.TAGGED.word(guards.tagged()));
        keys.put("filter-delay", DurationText.of(guards.filterDelay()));
        keys.put("vlan", vlan(network.vlan()));
        return keys;
    }

    private static Map<String, Object> macTable(MacTable table) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("size", table.size());
        keys.put("when-full", PolicyWords.WHEN_FULL.word(table.whenFull()));
        keys.put("ageing", DurationText.of(table.ageing()));
        return keys;
    }

    private static Object portSecurity(PortSecurity security) {
        return security.on() ? Map.of("addresses", security.addresses()) : PolicyWords.OFF;
    }

    private static Object arpInspection(ArpInspection inspection) {
        if (inspection.stage() == ArpInspection.Stage.OFF) {
            return PolicyWords.OFF;
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("drop", PolicyWords.STAGE.word(inspection.stage()));
        keys.put("validate-source", inspection.validateSource());
        keys.put("sender", PolicyWords.SENDER.word(inspection.sender()));
        return keys;
    }

    private static Object sourceGuard(IpSourceGuard guard) {
        if (guard.equals(IpSourceGuard.OFF)) {
            return PolicyWords.OFF;
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("ipv4", PolicyWords.IPV4_SOURCE.word(guard.ipv4()));
        if (guard.ipv4() != IpSourceGuard.Ipv4.OFF) {
            keys.put("unspecified", PolicyWords.UNSPECIFIED.word(guard.unspecified()));
        }
        keys.put("ipv6", PolicyWords.IPV6_SOURCE.word(guard.ipv6()));
        return keys;
    }

    private static Object vlan(VlanPolicy vlan) {
        if (!vlan.on()) {
            return PolicyWords.NONE;
        }
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("guest-ports", PolicyWords.GUEST_PORTS.word(vlan.guestPorts()));
        if (vlan.guestPorts() == VlanPolicy.GuestPorts.ACCESS) {
            keys.put("tagged-on-access", PolicyWords.TAGGED_ON_ACCESS.word(vlan.taggedOnAccess()));
        }
        keys.put("native", vlan.nativeNetwork());
        return keys;
    }
}
