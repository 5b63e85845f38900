package cofferdam.monitor.guest;

import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Icmpv6;
import cofferdam.monitor.packet.Icmpv6.PrefixInformation;
import cofferdam.monitor.packet.Icmpv6.RouterAdvertisement;
import cofferdam.monitor.packet.Icmpv6.RouterPreference;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The router of the link: says so at its start, at an interval, and to whoever asks (RFC 4861
 * section 6.2).
 */
final class RouterAdvertiser {

    /** How often it speaks unasked. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Seconds for which hosts may take it for their default router. */
    static final int LIFETIME = 1800;

    private static final long VALID = 86_400;
    private static final long PREFERRED = 14_400;
    private static final int PREFIX_BITS = 64;

    private final Timeline timeline;
    private final Ipv6Sender sender;
    private final Link link;

    RouterAdvertiser(Timeline timeline, Ipv6Sender sender, Link link) {
        this.timeline = timeline;
        this.sender = sender;
        this.link = link;
    }

    /** Speaks to all, now and from now on. */
    void start() {
        advertise(Ipv6Address.ALL_NODES);
        timeline.after(INTERVAL, this::start);
    }

    /** Answers a host alone, or all where the host has no address yet. */
    void answer(Ipv6Address host) {
        advertise(host.equals(Ipv6Address.ANY) ? Ipv6Address.ALL_NODES : host);
    }

    private void advertise(Ipv6Address to) {
        Icmpv6 message = new RouterAdvertisement(
                Ipv6Sender.HOP_LIMIT,
                RouterPreference.MEDIUM,
                LIFETIME,
                Optional.of(link.address()),
                OptionalInt.of(Ethernet.MAXIMUM_BYTES - Ethernet.HEADER_BYTES),
                List.of(prefix()));
        sender.sourceFor(Ipv6Address.ALL_NODES)
                .ifPresent(
                        own -> sender.send(message, own, to, Icmpv6.NEIGHBOUR_DISCOVERY_HOP_LIMIT));
    }

    /** What the link's addresses begin with. */
    static PrefixInformation prefix() {
        return new PrefixInformation(
                new Ipv6Address(NetworkSetup.IPV6_PREFIX, 0),
                PREFIX_BITS,
                true,
                true,
                VALID,
                PREFERRED);
    }
}
