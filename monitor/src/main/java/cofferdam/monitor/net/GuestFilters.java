package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.IpSourceGuard;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.PacketGuards;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Assembles the filters of frames from guests, as a policy asks for them. */
final class GuestFilters {

    private final NetworkPolicy policy;
    private final PacketGuards guards;
    private final Segment segment;
    private final LongSupplier clock;
    private final Sight sight;
    private final PortAddresses addresses;
    private final Map<Ipv4Address, MacAddress> bindings;

    /**
     * @param bindings the configured addresses of all machines
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     */
    GuestFilters(
            NetworkPolicy policy,
            Segment segment,
            Map<Ipv4Address, MacAddress> bindings,
            LongSupplier clock) {
        this.policy = policy;
        guards = policy.guards();
        this.segment = segment;
        this.clock = clock;
        this.bindings = bindings;
        sight = Sight.of(guards.tagged());
        addresses = switch (guards.ipSourceGuard().ipv4()) {
            case OFF, CONFIGURED -> PortAddresses.configured(bindings);
            case FIRST_PACKET -> PortAddresses.firstHeard();
        };
    }

    /** In order, those of frames whose source has not been learned yet. */
    List<IngressFilter> beforeLearning() {
        List<IngressFilter> filters = new ArrayList<>();
        if (guards.tagged() == PacketGuards.Tagged.DROP) {
            filters.add(IngressFilter.untagged());
        }
        if (policy.forgedTransmits() == NetworkPolicy.Permission.REJECT) {
            filters.add(IngressFilter.forgedTransmits());
        }
        if (policy.portSecurity().on()) {
            filters.add(new PortSecurity(segment, policy.portSecurity().addresses()));
        }
        if (guards.protocols() != PacketGuards.Protocols.ANY) {
            filters.add(TypeFilter.of(guards.protocols(), sight));
        }
        filters.addAll(inspection(NetworkPolicy.ArpInspection.Stage.BEFORE_LEARNING));
        addGuards(filters);
        return delayed(filters);
    }

    /** In order, those of frames whose source has been learned. */
    List<IngressFilter> afterLearning() {
        return delayed(inspection(NetworkPolicy.ArpInspection.Stage.AFTER_LEARNING));
    }

    private List<IngressFilter> inspection(NetworkPolicy.ArpInspection.Stage stage) {
        NetworkPolicy.ArpInspection inspection = policy.arpInspection();
        return inspection.stage() == stage
                ? List.of(new ArpInspection(
                        bindings,
                        addresses,
                        inspection.validateSource(),
                        inspection.sender(),
                        sight))
                : List.of();
    }

    private void addGuards(List<IngressFilter> filters) {
        if (guards.ndInspection()) {
            filters.add(ofIpv6("nd-inspection", new NdInspection()));
        }
        if (guards.raGuard()) {
            filters.add(ofIpv6("ra-guard", new RouterGuard()));
        }
        if (guards.dhcpGuard()) {
            filters.add(DhcpGuard.filter(sight));
        }
        if (!guards.ipSourceGuard().equals(IpSourceGuard.OFF)) {
            filters.add(new PacketFilter("ip-source-guard", sight, sourceRules()));
        }
    }

    private IngressFilter ofIpv6(String name, PacketRule rule) {
        return new PacketFilter(name, sight, Map.of(FrameHeader.IPV6_TYPE, rule));
    }

    private Map<Integer, PacketRule> sourceRules() {
        IpSourceGuard guard = guards.ipSourceGuard();
        Map<Integer, PacketRule> rules = new LinkedHashMap<>();
        if (guard.ipv4() != IpSourceGuard.Ipv4.OFF) {
            rules.put(Ethernet.IPV4, new Ipv4SourceRule(addresses, guard.unspecified()));
        }
        if (guard.ipv4() == IpSourceGuard.Ipv4.FIRST_PACKET) {
            rules.put(Ethernet.ARP, ArpInspection.listener(addresses));
        }
        switch (guard.ipv6()) {
            case OFF -> {}
            case CONFIGURED -> rules.put(FrameHeader.IPV6_TYPE, new Ipv6SourceRule());
            case DROP -> rules.put(FrameHeader.IPV6_TYPE, PacketRule.NEVER);
        }
        return rules;
    }

    private List<IngressFilter> delayed(List<IngressFilter> filters) {
        long delay = guards.filterDelay().toNanos();
        return delay == 0
                ? filters
                : filters.stream()
                        .<IngressFilter>map(filter -> new FilterDelay(filter, delay, clock))
                        .toList();
    }
}
