package cofferdam.monitor.guest;

import cofferdam.monitor.address.Ipv4Address;

import java.util.Optional;

/**
 * Where an IPv4 packet goes next. Until a lease names a router every address is a neighbour's;
 * from then on those outside the machine's own network, of 24 bits, are behind the router.
 */
final class Ipv4Routes {

    /** {@code 255.255.255.0}. */
    static final Ipv4Address MASK = Ipv4Address.parse("255.255.255.0");

    private final Ipv4Address own;
    private Optional<Ipv4Address> router = Optional.empty();

    Ipv4Routes(Ipv4Address own) {
        this.own = own;
    }

    Optional<Ipv4Address> router() {
        return router;
    }

    void router(Optional<Ipv4Address> changed) {
        router = changed;
    }

    /** The neighbour that a packet for this address is given to. */
    Ipv4Address next(Ipv4Address target) {
        boolean onLink = ((target.value() ^ own.value()) & MASK.value()) == 0;
        return onLink ? target : router.orElse(target);
    }
}
