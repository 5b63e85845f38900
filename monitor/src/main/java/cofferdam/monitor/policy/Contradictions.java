package cofferdam.monitor.policy;

import cofferdam.monitor.policy.NetworkPolicy.MacLearning;
import cofferdam.monitor.policy.NetworkPolicy.Mode;
import cofferdam.monitor.policy.NetworkPolicy.Permission;
import cofferdam.monitor.policy.NetworkPolicy.Promiscuous;
import cofferdam.monitor.policy.NetworkPolicy.UnknownUnicast;
import cofferdam.monitor.yaml.Position;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.Optional;

/**
 * Finds keys of a policy that cannot hold together. Each is reported where it is given; where one
 * comes from the policy that this is based on, at the key that it contradicts.
 */
final class Contradictions {

    private static final String NO_MONITOR =
            " contradicts monitor.type physical: no monitor stands between a computer"
                    + " and its interface";

    private static final String NO_CONFIGURATION =
            " contradicts monitor.type physical: a switch does not know the address that a computer"
                    + " was configured with";

    private static final String HOST_OWNS =
            " contradicts monitor.type II: the host operating system owns the interface that the"
                    + " guests share";

    private final YamlMapping root;
    private final MonitorPolicy monitor;
    private final NetworkPolicy network;

    /** Of this file, when everything that it does not give has been inherited. */
    Contradictions(YamlMapping root, MonitorPolicy monitor, NetworkPolicy network) {
        this.root = root;
        this.monitor = monitor;
        this.network = network;
    }

    /** Records them. */
    void report() {
        if (monitor.type() == MonitorPolicy.Type.PHYSICAL) {
            reportPhysical();
        }
        if (monitor.type() == MonitorPolicy.Type.TYPE_II && !monitor.consoleSeesNic()) {
            add("monitor.console-sees.nic", "monitor.type", "false" + HOST_OWNS);
        }
        if (monitor.type() == MonitorPolicy.Type.TYPE_II && !monitor.consoleSeesProcess()) {
            add(
                    "monitor.console-sees.process",
                    "monitor.type",
                    "false contradicts monitor.type II: the monitor is processes of the host"
                            + " operating system");
        }
        reportUnguarded();
        switch (network.mode()) {
            case SHARED -> reportShared();
            case SWITCHED -> reportSwitched();
        }
    }

    /**
     * The same policy with presets where a value has no meaning, so that policies which mean the
     * same are equal: a hub learns nothing, and a table that is not filled has no bounds.
     */
    static NetworkPolicy withoutMeaningless(NetworkPolicy network) {
        boolean shared = network.mode() == Mode.SHARED;
        MacLearning learning = shared ? MacLearning.OFF : network.macLearning();
        return new NetworkPolicy(
                network.mode(),
                network.promiscuous(),
                network.macChanges(),
                network.forgedTransmits(),
                learning,
                learning == MacLearning.LEARN ? network.macTable() : PolicyDefaults.MAC_TABLE,
                shared ? UnknownUnicast.FLOOD : network.unknownUnicast(),
                network.portSecurity(),
                network.arpInspection(),
                network.portIsolation(),
                network.rateLimit(),
                withoutMeaningless(network.guards()),
                withoutMeaningless(shared ? VlanPolicy.NONE : network.vlan()));
    }

    /** What may come from 0.0.0.0 means nothing where everything may come from anywhere. */
    private static PacketGuards withoutMeaningless(PacketGuards guards) {
        IpSourceGuard source = guards.ipSourceGuard();
        if (source.ipv4() != IpSourceGuard.Ipv4.OFF) {
            return guards;
        }
        return new PacketGuards(
                new IpSourceGuard(source.ipv4(), IpSourceGuard.Unspecified.NONE, source.ipv6()),
                guards.ndInspection(),
                guards.raGuard(),
                guards.dhcpGuard(),
                guards.protocols(),
                guards.tagged(),
                guards.filterDelay());
    }

    /** No port is an access port where guests have trunks. */
    private static VlanPolicy withoutMeaningless(VlanPolicy vlan) {
        return vlan.guestPorts() == VlanPolicy.GuestPorts.TRUNK
                ? new VlanPolicy(
                        vlan.guestPorts(), VlanPolicy.TaggedOnAccess.DROP, vlan.nativeNetwork())
                : vlan;
    }

    private void reportPhysical() {
        if (monitor.consoleSeesNic()) {
            add("monitor.console-sees.nic", "monitor.type", "true" + NO_MONITOR);
        }
        if (network.promiscuous() != Promiscuous.OWN_PORT) {
            String word = PolicyWords.PROMISCUOUS.word(network.promiscuous());
            add("network.promiscuous", "monitor.type", word + NO_MONITOR);
        }
        if (network.macChanges() == Permission.REJECT) {
            add("network.mac-changes", "monitor.type", "reject" + NO_MONITOR);
        }
        if (network.forgedTransmits() == Permission.REJECT) {
            add("network.forged-transmits", "monitor.type", "reject" + NO_CONFIGURATION);
        }
        if (network.mode() == Mode.SWITCHED && network.macLearning() == MacLearning.STATIC) {
            add("network.mac-learning", "monitor.type", "static" + NO_CONFIGURATION);
        }
    }

    private void reportUnguarded() {
        if (network.guards().ipSourceGuard().ipv4() == IpSourceGuard.Ipv4.OFF) {
            addIfGiven(
                    "network.ip-source-guard.unspecified",
                    "contradicts ipv4 off, which lets every source address through");
        }
        if (network.vlan().guestPorts() == VlanPolicy.GuestPorts.TRUNK) {
            addIfGiven(
                    "network.vlan.tagged-on-access",
                    "contradicts guest-ports trunk, of which none is an access port");
        }
    }

    /** A hub has no table. What it would mean is not inherited, so only given keys contradict. */
    private void reportShared() {
        if (network.macLearning() != MacLearning.OFF) {
            String word = PolicyWords.MAC_LEARNING.word(network.macLearning());
            addIfGiven(
                    "network.mac-learning", word + " contradicts mode shared, which learns none");
        }
        addIfGiven("network.mac-table", "contradicts mode shared, which has no table");
        if (network.unknownUnicast() == UnknownUnicast.DROP) {
            addIfGiven(
                    "network.unknown-unicast",
                    "drop contradicts mode shared, which sends every frame to every port");
        }
        if (network.vlan().on()) {
            String message = "contradicts mode shared, which sends every frame to every port";
            add("network.vlan", "network.mode", message);
        }
        if (network.portIsolation()) {
            String message = "true contradicts mode shared, which sends every frame to every port";
            add("network.port-isolation", "network.mode", message);
        }
    }

    private void reportSwitched() {
        if (network.macLearning() != MacLearning.LEARN) {
            String word = PolicyWords.MAC_LEARNING.word(network.macLearning());
            addIfGiven(
                    "network.mac-table",
                    "contradicts mac-learning %s, which fills no table".formatted(word));
        }
        if (network.macLearning() == MacLearning.OFF
                && network.unknownUnicast() == UnknownUnicast.DROP) {
            add(
                    "network.unknown-unicast",
                    "network.mac-learning",
                    "drop contradicts mac-learning off, to which every address is unknown");
        }
    }

    private void add(String key, String contradicted, String message) {
        report(root, key, contradicted, message);
    }

    /** Records a contradiction at its key, or at the one that it contradicts. */
    static void report(YamlMapping root, String key, String contradicted, String message) {
        Position at = root.findPath(key)
                .or(() -> root.findPath(contradicted))
                .or(() -> root.find("based-on"))
                .map(YamlValue::position)
                .orElse(root.position());
        root.problems().add(at, key + " " + message);
    }

    private void addIfGiven(String key, String message) {
        find(key).ifPresent(value -> value.reject(message));
    }

    private Optional<YamlValue> find(String path) {
        return root.findPath(path);
    }
}
