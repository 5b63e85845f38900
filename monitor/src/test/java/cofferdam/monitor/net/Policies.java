package cofferdam.monitor.net;

import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.NetworkPolicy.ArpInspection;
import cofferdam.monitor.policy.NetworkPolicy.MacLearning;
import cofferdam.monitor.policy.NetworkPolicy.MacTable;
import cofferdam.monitor.policy.NetworkPolicy.Mode;
import cofferdam.monitor.policy.NetworkPolicy.Permission;
import cofferdam.monitor.policy.NetworkPolicy.PortSecurity;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;
import cofferdam.monitor.policy.NetworkPolicy.UnknownUnicast;
import cofferdam.monitor.policy.NetworkPolicy.WhenFull;
import cofferdam.monitor.policy.PacketGuards;
import cofferdam.monitor.policy.VlanPolicy;

import java.time.Duration;

/**
 * Network policies for tests: a learning switch that permits everything, and one change at a time.
 */
record Policies(NetworkPolicy policy) {

    static final Duration AGEING = Duration.ofSeconds(300);

    static Policies open() {
        return new Policies(new NetworkPolicy(
                Mode.SWITCHED,
                Promiscuous.OWN_PORT,
                Permission.ACCEPT,
                Permission.ACCEPT,
                MacLearning.LEARN,
                new MacTable(1024, WhenFull.FLOOD, AGEING),
                UnknownUnicast.FLOOD,
                PortSecurity.OFF,
                ArpInspection.OFF,
                false,
                0,
                PacketGuards.NONE,
                VlanPolicy.NONE));
    }

    /** Every filter there is. Guests reach only trusted ports and uplinks. */
    static NetworkPolicy hardened() {
        return open().promiscuous(Promiscuous.REJECT)
                .macChanges(Permission.REJECT)
                .forgedTransmits(Permission.REJECT)
                .macTable(1024, WhenFull.DROP)
                .unknownUnicast(UnknownUnicast.DROP)
                .portSecurity(1)
                .arpInspection(ArpInspection.Stage.BEFORE_LEARNING, true)
                .portIsolation()
                .policy();
    }

    Policies mode(Mode mode) {
        return new Policies(new NetworkPolicy(
                mode,
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies promiscuous(Promiscuous promiscuous) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                promiscuous,
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies macChanges(Permission macChanges) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                macChanges,
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies forgedTransmits(Permission forgedTransmits) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                forgedTransmits,
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies macLearning(MacLearning macLearning) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                macLearning,
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies macTable(int size, WhenFull whenFull) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                new MacTable(size, whenFull, AGEING),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies unknownUnicast(UnknownUnicast unknownUnicast) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                unknownUnicast,
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies portSecurity(int addresses) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                new PortSecurity(addresses),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies arpInspection(ArpInspection.Stage stage, boolean validateSource) {
        return arpInspection(
                new ArpInspection(stage, validateSource, ArpInspection.Sender.BINDING));
    }

    Policies arpInspection(ArpInspection inspection) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                inspection,
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies portIsolation() {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                true,
                policy.rateLimit(),
                policy.guards(),
                policy.vlan()));
    }

    Policies rateLimit(long rate) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                rate,
                policy.guards(),
                policy.vlan()));
    }

    Policies guards(PacketGuards guards) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                guards,
                policy.vlan()));
    }

    Policies vlan(VlanPolicy vlan) {
        return new Policies(new NetworkPolicy(
                policy.mode(),
                policy.promiscuous(),
                policy.macChanges(),
                policy.forgedTransmits(),
                policy.macLearning(),
                policy.macTable(),
                policy.unknownUnicast(),
                policy.portSecurity(),
                policy.arpInspection(),
                policy.portIsolation(),
                policy.rateLimit(),
                policy.guards(),
                vlan));
    }
}
