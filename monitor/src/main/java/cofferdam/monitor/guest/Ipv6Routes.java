package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.packet.Icmpv6.PrefixInformation;
import cofferdam.monitor.packet.Icmpv6.RouterPreference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where an IPv6 packet goes next: to a neighbour on the link, or to the default router (RFC 4861
 * section 5.1). Of the routers that can be reached the one with the highest preference is the
 * default (RFC 4191 section 3.2), of equal ones the one that was heard first.
 */
final class Ipv6Routes {

    /** The most routers, and the most prefixes, that are kept. */
    static final int MAXIMUM_ENTRIES = 16;

    /** Who wants to know that the default router is another. */
    @FunctionalInterface
    interface Listener {
        /**
         * Another is the router now.
         *
         * @param router empty if there is none any more
         * @param cause the message that made it so
         */
        void changed(Optional<Ipv6Address> router, String cause);
    }

    private record Router(
            Ipv6Address address, RouterPreference preference, Lifetime lifetime, int order) {}

    private record OnLink(Ipv6Address prefix, int length, Lifetime lifetime) {

        boolean contains(Ipv6Address address) {
            return agree(prefix.high(), address.high(), Math.min(length, Long.SIZE))
                    && agree(prefix.low(), address.low(), Math.max(length - Long.SIZE, 0));
        }

        private static boolean agree(long one, long other, int bits) {
            return bits == 0 || (one ^ other) >>> (Long.SIZE - bits) == 0;
        }
    }

    private final Timeline timeline;
    private final Predicate<Ipv6Address> failed;
    private final Listener listener;
    private final List<Router> routers = new ArrayList<>();
    private final List<OnLink> prefixes = new ArrayList<>();
    private Optional<Ipv6Address> chosen = Optional.empty();
    private int heard;

    /** @param failed whether a neighbour was asked for its hardware address and did not answer */
    Ipv6Routes(Timeline timeline, Predicate<Ipv6Address> failed, Listener listener) {
        this.timeline = timeline;
        this.failed = failed;
        this.listener = listener;
    }

    /**
     * A router says that it is one, for so many seconds, or for 0 that it is no default router.
     *
     * @param cause the message
     */
    void heard(Ipv6Address router, RouterPreference preference, int seconds, String cause) {
        int order = routers.stream()
                .filter(known -> known.address.equals(router))
                .findFirst()
                .map(Router::order)
                .orElse(heard);
        heard++;
        routers.removeIf(known -> known.address.equals(router));
        if (seconds > 0 && routers.size() < MAXIMUM_ENTRIES) {
            Lifetime lifetime = Lifetime.of(seconds, timeline.now());
            routers.add(new Router(router, preference, lifetime, order));
            timeline.after(Duration.ofSeconds(seconds), () -> choose("its lifetime ended"));
        }
        choose(cause);
    }

    /** A neighbour is no router any more, or not one that answers. */
    void lost(Ipv6Address router, String cause) {
        if (routers.removeIf(known -> known.address.equals(router))) {
            choose(cause);
        }
    }

    boolean isRouter(Ipv6Address address) {
        return routers.stream().anyMatch(known -> known.address.equals(address));
    }

    /** A router says what is on the link, and for how long; for 0 seconds that it is not. */
    void heard(PrefixInformation prefix) {
        prefixes.removeIf(
                known -> (known.prefix.equals(prefix.prefix()) && known.length == prefix.length())
                        || !known.lifetime.lasts(timeline.now()));
        if (prefix.valid() > 0 && prefixes.size() < MAXIMUM_ENTRIES) {
            Lifetime lifetime = Lifetime.of(prefix.valid(), timeline.now());
            prefixes.add(new OnLink(prefix.prefix(), prefix.length(), lifetime));
        }
    }

    /** Chooses anew, because something about the routers may have changed. */
    void choose(String cause) {
        long now = timeline.now();
        routers.removeIf(router -> !router.lifetime.lasts(now));
        Optional<Ipv6Address> best = best();
        if (!best.equals(chosen)) {
            chosen = best;
            listener.changed(best, cause);
        }
    }

    /** Where none can be reached, all are alike: asking one is the way to find out. */
    private Optional<Ipv6Address> best() {
        Comparator<Router> order = Comparator.<Router, Boolean>comparing(
                        router -> !failed.test(router.address))
                .thenComparing(Router::preference)
                .thenComparing(Comparator.comparingInt(Router::order).reversed());
        return routers.stream().max(order).map(Router::address);
    }

    /** The neighbour that a packet for this address is given to; empty if there is no route. */
    Optional<Ipv6Address> next(Ipv6Address target) {
        long now = timeline.now();
        boolean onLink = target.isLinkLocal()
                || prefixes.stream()
                        .anyMatch(prefix -> prefix.lifetime.lasts(now) && prefix.contains(target));
        return onLink ? Optional.of(target) : chosen;
    }
}
