package cofferdam.monitor.net;

import cofferdam.monitor.policy.IpSourceGuard;
import cofferdam.monitor.policy.PacketGuards;
import cofferdam.monitor.policy.PacketGuards.Protocols;
import cofferdam.monitor.policy.PacketGuards.Tagged;

import java.time.Duration;

/** Packet guards for tests: none, and one change at a time. */
record Guarded(PacketGuards guards) {

    static Guarded not() {
        return new Guarded(PacketGuards.NONE);
    }

    /** A fabric with these guards on guests' ports. */
    Bed bed() {
        return new Bed(Policies.open().guards(guards));
    }

    Guarded source(
            IpSourceGuard.Ipv4 ipv4,
            IpSourceGuard.Unspecified unspecified,
            IpSourceGuard.Ipv6 ipv6) {
        return with(
                new IpSourceGuard(ipv4, unspecified, ipv6),
                guards.protocols(),
                guards.tagged(),
                guards.filterDelay());
    }

    Guarded protocols(Protocols protocols) {
        return with(guards.ipSourceGuard(), protocols, guards.tagged(), guards.filterDelay());
    }

    Guarded tagged(Tagged tagged) {
        return with(guards.ipSourceGuard(), guards.protocols(), tagged, guards.filterDelay());
    }

    Guarded filterDelay(Duration delay) {
        return with(guards.ipSourceGuard(), guards.protocols(), guards.tagged(), delay);
    }

    Guarded neighbours() {
        return flags(true, guards.raGuard(), guards.dhcpGuard());
    }

    Guarded routers() {
        return flags(guards.ndInspection(), true, guards.dhcpGuard());
    }

    Guarded dhcp() {
        return flags(guards.ndInspection(), guards.raGuard(), true);
    }

    private Guarded flags(boolean neighbours, boolean routers, boolean dhcp) {
        return new Guarded(new PacketGuards(
                guards.ipSourceGuard(),
                neighbours,
                routers,
                dhcp,
                guards.protocols(),
                guards.tagged(),
                guards.filterDelay()));
    }

    private Guarded with(IpSourceGuard source, Protocols protocols, Tagged tagged, Duration delay) {
        return new Guarded(new PacketGuards(
                source,
                guards.ndInspection(),
                guards.raGuard(),
                guards.dhcpGuard(),
                protocols,
                tagged,
                delay));
    }
}
