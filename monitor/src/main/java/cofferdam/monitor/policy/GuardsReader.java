package cofferdam.monitor.policy;

import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what the fabric looks for in packets from guests; what is not given is inherited. */
final class GuardsReader {

    private final YamlMapping network;
    private final PacketGuards inherited;

    /** Of the keys of {@code network}, the unknown ones of which have been reported. */
    GuardsReader(YamlMapping network, PacketGuards inherited) {
        this.network = network;
        this.inherited = inherited;
    }

    PacketGuards read() {
        return new PacketGuards(
                sourceGuard(),
                flag("nd-inspection", inherited.ndInspection()),
                flag("ra-guard", inherited.raGuard()),
                flag("dhcp-guard", inherited.dhcpGuard()),
                choice(network, "protocols", PolicyWords.PROTOCOLS, inherited.protocols()),
                choice(network, "tagged", PolicyWords.TAGGED, inherited.tagged()),
                filterDelay());
    }

    private IpSourceGuard sourceGuard() {
        Optional<YamlValue> given = network.find("ip-source-guard");
        if (given.isEmpty()) {
            return inherited.ipSourceGuard();
        }
        return NetworkReader.whereOn(
                        given.get(), PolicyWords.OFF, List.of("ipv4", "unspecified", "ipv6"))
                .map(this::sourceGuardOn)
                .orElse(IpSourceGuard.OFF);
    }

    private IpSourceGuard sourceGuardOn(YamlMapping mapping) {
        IpSourceGuard otherwise = inherited.ipSourceGuard();
        if (otherwise.equals(IpSourceGuard.OFF)) {
            mapping.require("ipv4");
        }
        return new IpSourceGuard(
                choice(mapping, "ipv4", PolicyWords.IPV4_SOURCE, otherwise.ipv4()),
                choice(mapping, "unspecified", PolicyWords.UNSPECIFIED, otherwise.unspecified()),
                choice(mapping, "ipv6", PolicyWords.IPV6_SOURCE, otherwise.ipv6()));
    }

    private Duration filterDelay() {
        return network.find("filter-delay")
                .flatMap(value -> value.duration(Duration.ZERO, PacketGuards.MAXIMUM_FILTER_DELAY))
                .orElse(inherited.filterDelay());
    }

    private boolean flag(String key, boolean otherwise) {
        return network.find(key).flatMap(YamlValue::flag).orElse(otherwise);
    }

    private static <E> E choice(YamlMapping mapping, String key, Words<E> words, E otherwise) {
        return mapping.find(key).flatMap(value -> value.choice(words)).orElse(otherwise);
    }
}
