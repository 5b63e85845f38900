package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv6Address;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The addresses of a machine's interface. One that the machine made itself is used only after nobody
 * has said that it has it already (RFC 4862 section 5.4).
 */
final class Ipv6Addresses {

    /** {@code max_addresses} of Linux. */
    static final int MAXIMUM_ADDRESSES = 16;

    /** How long an answer to the one probe is waited for (RFC 4861, RetransTimer). */
    static final Duration PROBE_TIME = Duration.ofSeconds(1);

    private enum State {
        TENTATIVE,
        USABLE,
        DUPLICATE
    }

    private static final class Own {
        private final Ipv6Address address;
        private State state;
        private Lifetime valid;

        Own(Ipv6Address address, State state, Lifetime valid) {
            this.address = address;
            this.state = state;
            this.valid = valid;
        }
    }

    private final Timeline timeline;
    private final Consumer<Ipv6Address> probe;
    private final List<Own> addresses = new ArrayList<>();

    /** @param probe asks on the link whether anybody has the address */
    Ipv6Addresses(Timeline timeline, Consumer<Ipv6Address> probe) {
        this.timeline = timeline;
        this.probe = probe;
    }

    /** An address that the machine has had since before anything happened here. */
    void addConfigured(Ipv6Address address) {
        addresses.add(new Own(address, State.USABLE, Lifetime.ENDLESS));
    }

    /**
     * Adds an address, which is used once it was probed for, unless there are too many.
     *
     * @param delay what passes before the probe
     * @param usable called when the address may be used
     */
    void add(Ipv6Address address, Lifetime valid, Duration delay, Runnable usable) {
        addresses.removeIf(own -> !own.valid.lasts(timeline.now()));
        if (addresses.size() >= MAXIMUM_ADDRESSES) {
            return;
        }
        Own added = new Own(address, State.TENTATIVE, valid);
        addresses.add(added);
        timeline.after(delay, () -> probe(added, usable));
    }

    private void probe(Own own, Runnable usable) {
        if (own.state != State.TENTATIVE) {
            return;
        }
        probe.accept(own.address);
        timeline.after(PROBE_TIME, () -> {
            if (own.state == State.TENTATIVE) {
                own.state = State.USABLE;
                usable.run();
            }
        });
    }

    private Optional<Own> find(Ipv6Address address) {
        return addresses.stream()
                .filter(own -> own.address.equals(address) && own.valid.lasts(timeline.now()))
                .findFirst();
    }

    /** Whether it is one of the machine's addresses, usable or not. */
    boolean contains(Ipv6Address address) {
        return find(address).isPresent();
    }

    /** Whether the machine may speak as this. */
    boolean owns(Ipv6Address address) {
        return find(address).filter(own -> own.state == State.USABLE).isPresent();
    }

    boolean isTentative(Ipv6Address address) {
        return find(address).filter(own -> own.state == State.TENTATIVE).isPresent();
    }

    /** Somebody else has it: the machine gives it up (RFC 4862 section 5.4.5). */
    void duplicate(Ipv6Address address) {
        find(address).ifPresent(own -> own.state = State.DUPLICATE);
    }

    /**
     * A router says how long an address is valid from now on; nothing shortens what remains to less
     * than two hours (RFC 4862 section 5.5.3).
     */
    void renew(Ipv6Address address, Lifetime valid) {
        find(address).ifPresent(own -> own.valid = own.valid.renewed(valid, timeline.now()));
    }

    /**
     * What to send from to the target: the address that has most bits from the front in common with
     * it (RFC 6724 section 5, rule 8), and a link-local one to what is on the link alone.
     */
    Optional<Ipv6Address> sourceFor(Ipv6Address target) {
        boolean local = target.isLinkLocal() || target.isMulticast();
        return addresses.stream()
                .filter(own -> own.state == State.USABLE && own.valid.lasts(timeline.now()))
                .map(own -> own.address)
                .filter(own -> own.isLinkLocal() == local)
                .max(Comparator.comparingInt(own -> common(own, target)));
    }

    private static int common(Ipv6Address one, Ipv6Address other) {
        int high = Long.numberOfLeadingZeros(one.high() ^ other.high());
        return high < Long.SIZE
                ? high
                : Long.SIZE + Long.numberOfLeadingZeros(one.low() ^ other.low());
    }
}
