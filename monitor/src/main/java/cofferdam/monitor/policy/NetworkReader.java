package cofferdam.monitor.policy;

import cofferdam.monitor.policy.NetworkPolicy.ArpInspection;
import cofferdam.monitor.policy.NetworkPolicy.MacTable;
import cofferdam.monitor.policy.NetworkPolicy.PortSecurity;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads how a policy configures the network; what is not given stays as inherited. */
final class NetworkReader {

    /** The shortest ageing time; none at all would make a hub of a switch. */
    static final Duration MINIMUM_AGEING = Duration.ofSeconds(1);

    /** The identifiers that IEEE Std 802.1Q leaves for use; the first is the default one. */
    private static final int FIRST_NETWORK = 1;

    private static final int LAST_NETWORK = 4094;

    private static final List<String> KEYS = List.of(
            "mode",
            "promiscuous",
            "mac-changes",
            "forged-transmits",
            "mac-learning",
            "mac-table",
            "unknown-unicast",
            "port-security",
            "arp-inspection",
            "port-isolation",
            "rate-limit",
            "ip-source-guard",
            "nd-inspection",
            "ra-guard",
            "dhcp-guard",
            "protocols",
            "tagged",
            "filter-delay",
            "vlan");

    private final YamlMapping network;
    private final NetworkPolicy inherited;

    NetworkReader(YamlMapping network, NetworkPolicy inherited) {
        this.network = network.allow(KEYS);
        this.inherited = inherited;
    }

    NetworkPolicy read() {
        return new NetworkPolicy(
                choice("mode", PolicyWords.MODE, inherited.mode()),
                choice("promiscuous", PolicyWords.PROMISCUOUS, inherited.promiscuous()),
                choice("mac-changes", PolicyWords.PERMISSION, inherited.macChanges()),
                choice("forged-transmits", PolicyWords.PERMISSION, inherited.forgedTransmits()),
                choice("mac-learning", PolicyWords.MAC_LEARNING, inherited.macLearning()),
                macTable(),
                choice("unknown-unicast", PolicyWords.UNKNOWN_UNICAST, inherited.unknownUnicast()),
                portSecurity(),
                arpInspection(),
                flag(network, "port-isolation", inherited.portIsolation()),
                rateLimit(),
                new GuardsReader(network, inherited.guards()).read(),
                vlan());
    }

    private long rateLimit() {
        Optional<YamlValue> given = network.find("rate-limit");
        if (given.isEmpty()) {
            return inherited.rateLimit();
        }
        return given.filter(value -> !value.is(PolicyWords.OFF))
                .flatMap(
                        value -> value.rate(NetworkPolicy.MINIMUM_RATE, NetworkPolicy.MAXIMUM_RATE))
                .orElse(0L);
    }

    private <E> E choice(String key, Words<E> words, E otherwise) {
        return network.find(key).flatMap(value -> value.choice(words)).orElse(otherwise);
    }

    private static boolean flag(YamlMapping mapping, String key, boolean otherwise) {
        return mapping.find(key).flatMap(YamlValue::flag).orElse(otherwise);
    }

    private MacTable macTable() {
        MacTable otherwise = inherited.macTable();
        Optional<YamlMapping> given = network.find("mac-table").flatMap(YamlValue::mapping);
        if (given.isEmpty()) {
            return otherwise;
        }
        YamlMapping table = given.get().allow(List.of("size", "when-full", "ageing"));
        return new MacTable(
                table.find("size")
                        .flatMap(value -> value.count(1, MacTable.MAXIMUM_SIZE))
                        .orElse(otherwise.size()),
                table.find("when-full")
                        .flatMap(value -> value.choice(PolicyWords.WHEN_FULL))
                        .orElse(otherwise.whenFull()),
                table.find("ageing")
                        .flatMap(value -> value.duration(MINIMUM_AGEING, MacTable.MAXIMUM_AGEING))
                        .orElse(otherwise.ageing()));
    }

    private PortSecurity portSecurity() {
        Optional<YamlValue> given = network.find("port-security");
        if (given.isEmpty()) {
            return inherited.portSecurity();
        }
        return whereOn(given.get(), List.of("addresses"))
                .map(this::portSecurityOn)
                .orElse(PortSecurity.OFF);
    }

    private PortSecurity portSecurityOn(YamlMapping mapping) {
        Optional<YamlValue> addresses = inherited.portSecurity().on()
                ? mapping.find("addresses")
                : mapping.require("addresses");
        return addresses
                .flatMap(value -> value.count(1, PortSecurity.MAXIMUM_ADDRESSES))
                .map(PortSecurity::new)
                .orElse(inherited.portSecurity());
    }

    private ArpInspection arpInspection() {
        Optional<YamlValue> given = network.find("arp-inspection");
        if (given.isEmpty()) {
            return inherited.arpInspection();
        }
        return whereOn(given.get(), List.of("drop", "validate-source", "sender"))
                .map(this::arpInspectionOn)
                .orElse(ArpInspection.OFF);
    }

    private ArpInspection arpInspectionOn(YamlMapping mapping) {
        ArpInspection otherwise = inherited.arpInspection();
        ArpInspection.Stage stage = otherwise.stage() == ArpInspection.Stage.OFF
                ? ArpInspection.Stage.BEFORE_LEARNING
                : otherwise.stage();
        return new ArpInspection(
                mapping.find("drop")
                        .flatMap(value -> value.choice(PolicyWords.STAGE))
                        .orElse(stage),
                flag(mapping, "validate-source", otherwise.validateSource()),
                mapping.find("sender")
                        .flatMap(value -> value.choice(PolicyWords.SENDER))
                        .orElse(otherwise.sender()));
    }

    private VlanPolicy vlan() {
        Optional<YamlValue> given = network.find("vlan");
        if (given.isEmpty()) {
            return inherited.vlan();
        }
        return whereOn(
                        given.get(),
                        PolicyWords.NONE,
                        List.of("guest-ports", "tagged-on-access", "native"))
                .map(this::vlanOn)
                .orElse(VlanPolicy.NONE);
    }

    private VlanPolicy vlanOn(YamlMapping mapping) {
        VlanPolicy otherwise = inherited.vlan();
        return new VlanPolicy(
                mapping.find("guest-ports")
                        .flatMap(value -> value.choice(PolicyWords.GUEST_PORTS))
                        .orElse(otherwise.guestPorts()),
                mapping.find("tagged-on-access")
                        .flatMap(value -> value.choice(PolicyWords.TAGGED_ON_ACCESS))
                        .orElse(otherwise.taggedOnAccess()),
                mapping.find("native")
                        .flatMap(value -> value.count(FIRST_NETWORK, LAST_NETWORK))
                        .orElse(otherwise.on() ? otherwise.nativeNetwork() : FIRST_NETWORK));
    }

    private static Optional<YamlMapping> whereOn(YamlValue value, List<String> keys) {
        return whereOn(value, PolicyWords.OFF, keys);
    }

    /** The settings of a protection; empty where the word says that there is none. */
    static Optional<YamlMapping> whereOn(YamlValue value, String off, List<String> keys) {
        if (value.is(off)) {
            return Optional.empty();
        }
        return value.mapping("'%s' or a mapping".formatted(off))
                .map(mapping -> mapping.allow(keys));
    }
}
