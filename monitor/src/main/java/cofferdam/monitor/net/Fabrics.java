package cofferdam.monitor.net;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.VlanPolicy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/** Assembles fabrics from forwarding rules and filters, as policies ask for them. */
public final class Fabrics {

    /** The empty set of ports. */
    private static final long NOBODY = 0;

    private static final int PLAIN_ADDRESSES = 8192;
    private static final long PLAIN_AGEING = 300_000_000_000L;

    private Fabrics() {}

    /**
     * The fabric that the machines of a policy are attached to.
     *
     * @param bindings the configured addresses of all machines, which ARP inspection trusts
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     * @param dropped counts what filters drop
     * @throws IllegalArgumentException if a bound of the policy is out of range; the message names
     *     it
     */
    public static Fabric guestFabric(
            NetworkPolicy policy,
            Map<Ipv4Address, MacAddress> bindings,
            LongSupplier clock,
            DropCounter dropped) {
        Segment segment = new Segment();
        @Nullable
        RateLimit limit = policy.rateLimit() == 0 ? null : new RateLimit(policy.rateLimit(), clock);
        return new Fabric(
                segment,
                rule(policy, segment, clock, dropped),
                guestPolicy(policy, new GuestFilters(policy, segment, bindings, clock), limit),
                egress(policy, segment),
                limit,
                dropped);
    }

    /**
     * A physical switch without any policy: 8192 addresses, each known for 300 seconds, flooding
     * when full. Its ports are attached as uplinks.
     *
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     */
    public static Fabric plainSwitch(LongSupplier clock) {
        Segment segment = new Segment();
        DropCounter dropped = new DropCounter(clock);
        MacTable table = new MacTable(PLAIN_ADDRESSES, PLAIN_AGEING, MacTable.WhenFull.FLOOD);
        ForwardingRule rule =
                new LearningRule(segment, table, ingress -> segment.attached(), clock, dropped);
        return new Fabric(segment, rule, PortPolicy.TRUSTED, List.of(), null, dropped);
    }

    /**
     * What the machines of a policy are attached to: one fabric, or a switch with a fabric for each
     * virtual LAN.
     *
     * @param networks the virtual LANs of machines, by name; empty where there are none
     * @param bindings the configured addresses of all machines, which ARP inspection trusts
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     * @param dropped counts what filters drop
     * @throws IllegalArgumentException if a bound of the policy is out of range, or it knows no
     *     virtual LANs and there are some
     */
    public static Bridge guestBridge(
            NetworkPolicy policy,
            SortedMap<String, Integer> networks,
            Map<Ipv4Address, MacAddress> bindings,
            LongSupplier clock,
            DropCounter dropped) {
        if (networks.isEmpty()) {
            return guestFabric(policy, bindings, clock, dropped);
        }
        if (!policy.vlan().on()) {
            throw new IllegalArgumentException("the policy's network knows no virtual LANs");
        }
        return new VlanBridge(
                networks,
                policy.vlan(),
                () -> guestFabric(policy, bindings, clock, dropped),
                dropped);
    }

    /**
     * A physical switch without any policy, like {@link #plainSwitch}; with virtual LANs, its ports
     * are access ports that also take frames with their own tag.
     *
     * @param networks the virtual LANs of machines, by name; empty where there are none
     * @param nativeNetwork the virtual LAN of untagged frames on trunks
     * @param clock nanoseconds since 1970-01-01T00:00:00Z
     */
    public static Bridge plainBridge(
            SortedMap<String, Integer> networks, int nativeNetwork, LongSupplier clock) {
        if (networks.isEmpty()) {
            return plainSwitch(clock);
        }
        VlanPolicy policy = new VlanPolicy(
                VlanPolicy.GuestPorts.ACCESS, VlanPolicy.TaggedOnAccess.OWN, nativeNetwork);
        return new VlanBridge(networks, policy, () -> plainSwitch(clock), new DropCounter(clock));
    }

    private static ForwardingRule rule(
            NetworkPolicy policy, Segment segment, LongSupplier clock, DropCounter dropped) {
        if (policy.mode() == NetworkPolicy.Mode.SHARED) {
            return new StaticRule(segment, address -> NOBODY, ingress -> segment.attached());
        }
        ForwardingRule.Unknown unknown = unknown(policy, segment, dropped);
        return switch (policy.macLearning()) {
            case LEARN ->
                new LearningRule(segment, table(policy.macTable()), unknown, clock, dropped);
            case STATIC -> new StaticRule(segment, segment::portsWith, unknown);
            case OFF -> new StaticRule(segment, address -> NOBODY, unknown);
        };
    }

    private static ForwardingRule.Unknown unknown(
            NetworkPolicy policy, Segment segment, DropCounter dropped) {
        return switch (policy.unknownUnicast()) {
            case FLOOD ->
                policy.macLearning() == NetworkPolicy.MacLearning.STATIC
                        ? ingress -> segment.uplinks()
                        : ingress -> segment.attached();
            case DROP ->
                ingress -> {
                    dropped.count(ingress.name(), "unknown-unicast");
                    return NOBODY;
                };
        };
    }

    private static MacTable table(NetworkPolicy.MacTable bounds) {
        MacTable.WhenFull whenFull = switch (bounds.whenFull()) {
            case FLOOD -> MacTable.WhenFull.FLOOD;
            case DROP -> MacTable.WhenFull.DROP;
            case EVICT -> MacTable.WhenFull.EVICT;
        };
        return new MacTable(bounds.size(), bounds.ageing().toNanos(), whenFull);
    }

    private static PortPolicy guestPolicy(
            NetworkPolicy policy, GuestFilters filters, @Nullable RateLimit limit) {
        List<IngressFilter> before = new ArrayList<>(filters.beforeLearning());
        if (limit != null) {
            before.add(limit);
        }
        return new PortPolicy(
                PortPolicy.Grant.of(policy.promiscuous()), before, filters.afterLearning());
    }

    private static List<EgressFilter> egress(NetworkPolicy policy, Segment segment) {
        List<EgressFilter> filters = new ArrayList<>();
        if (policy.macChanges() == NetworkPolicy.Permission.REJECT) {
            filters.add(EgressFilter.macChanges(segment));
        }
        if (policy.portIsolation()) {
            filters.add(EgressFilter.portIsolation(segment));
        }
        return filters;
    }
}
