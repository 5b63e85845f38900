package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.Timeline.Timer;
import cofferdam.monitor.address.MacAddress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * One entry of a neighbour cache (ARP, or RFC 4861 for IPv6), with the states, times and rules of Linux ({@code
 * net/core/neighbour.c}; the constants are the defaults that its ip-sysctl document gives).
 *
 * @param <A> protocol addresses
 * @param <P> the packets that are sent to them
 */
final class Neighbour<A, P> {

    /** {@code delay_first_probe_time}. */
    static final Duration DELAY_FIRST_PROBE = Duration.ofSeconds(5);

    /** {@code retrans_time_ms}. */
    static final Duration RETRANSMIT = Duration.ofSeconds(1);

    /** {@code locktime} of ARP: how long an entry that has just changed resists further replies. */
    static final Duration LOCK_TIME = Duration.ofSeconds(1);

    /** {@code ucast_solicit}. */
    static final int UNICAST_PROBES = 3;

    /** {@code mcast_solicit}. */
    static final int BROADCAST_PROBES = 3;

    /** {@code unres_qlen}: packets that wait for the address; the oldest makes room. */
    static final int MAXIMUM_WAITING = 101;

    /** What an entry needs of the cache that it is in. */
    interface Surroundings<A, P> {
        /** Asks the neighbour itself at its known hardware address, or everybody. */
        void solicit(A address, Optional<MacAddress> known);

        void transmit(P packet, MacAddress destination);

        /** The entry holds another hardware address than before. */
        void changed(A address, MacAddress hardware, String cause);

        /** Nobody has answered. */
        void unreachable(A address);
    }

    private final A address;
    private final Timeline timeline;
    private final Duration reachableTime;
    private final Surroundings<A, P> surroundings;
    private final ArrayDeque<P> waiting = new ArrayDeque<>();
    private NeighbourState state = NeighbourState.FAILED;
    private MacAddress hardware = MacAddress.BROADCAST;
    private boolean everKnown;
    private long updated;
    private long confirmed;
    private long used;
    private int probes;
    private Timer timer = () -> {};

    Neighbour(
            A address, Timeline timeline, Duration reachableTime, Surroundings<A, P> surroundings) {
        this.address = address;
        this.timeline = timeline;
        this.reachableTime = reachableTime;
        this.surroundings = surroundings;
        this.updated = timeline.now();
        this.used = updated;
        this.confirmed = longAgo();
    }

    private long longAgo() {
        return timeline.now() - 2 * reachableTime.toNanos();
    }

    NeighbourState state() {
        return state;
    }

    /** The address that packets go to; means something only in a valid state. */
    MacAddress hardware() {
        return hardware;
    }

    /** When the entry last changed. */
    long updated() {
        return updated;
    }

    /** Whether the last change is so recent that a reply may not change the entry again. */
    boolean locked() {
        return timeline.now() <= updated + LOCK_TIME.toNanos();
    }

    /** Sends the packet, now or once the address is known. */
    void send(P packet) {
        used = timeline.now();
        switch (state) {
            case REACHABLE, DELAY, PROBE -> surroundings.transmit(packet, hardware);
            case STALE -> {
                enter(NeighbourState.DELAY, DELAY_FIRST_PROBE);
                surroundings.transmit(packet, hardware);
            }
            case INCOMPLETE -> hold(packet);
            case FAILED -> {
                hold(packet);
                probes = UNICAST_PROBES;
                enter(NeighbourState.INCOMPLETE, RETRANSMIT);
                solicit();
            }
        }
    }

    private void hold(P packet) {
        if (waiting.size() == MAXIMUM_WAITING) {
            waiting.removeFirst();
        }
        waiting.add(packet);
    }

    /** The way to the neighbour works, as a protocol above has seen. */
    void confirm() {
        confirmed = timeline.now();
    }

    /**
     * A message names a hardware address for this neighbour.
     *
     * @param proposed what it names
     * @param to REACHABLE if the neighbour has answered this machine alone, else STALE
     * @param override whether a valid entry may get another address by it
     * @param cause what to record as the cause of a change
     */
    void update(MacAddress proposed, NeighbourState to, boolean override, String cause) {
        if (to == NeighbourState.REACHABLE) {
            confirmed = timeline.now();
        }
        boolean wasValid = state.valid();
        boolean same = wasValid && proposed.equals(hardware);
        if (wasValid && !same && !override) {
            return;
        }
        if (!same) {
            adopt(proposed, to, cause);
        }
        // What only repeats the address asserts nothing about reachability.
        NeighbourState next = same && to == NeighbourState.STALE ? state : to;
        if (next != state) {
            enter(next, reachableTime);
        }
        if (!wasValid) {
            release();
        }
    }

    /**
     * An advertisement that asks not to override names a hardware address: a valid entry keeps the
     * one that it has, and one that was thought reachable is doubted if they differ (RFC 4861
     * section 7.2.5).
     *
     * @param to REACHABLE if the neighbour has answered this machine, else STALE
     * @param cause what to record as the cause of a change
     */
    void updateWeakly(MacAddress proposed, NeighbourState to, String cause) {
        boolean contradicts = state.valid() && !proposed.equals(hardware);
        if (!contradicts) {
            update(proposed, to, false, cause);
            return;
        }
        if (to == NeighbourState.REACHABLE) {
            confirmed = timeline.now();
        }
        if (state == NeighbourState.REACHABLE) {
            enter(NeighbourState.STALE, Duration.ZERO);
        }
    }

    private void adopt(MacAddress proposed, NeighbourState to, String cause) {
        updated = timeline.now();
        if (to != NeighbourState.REACHABLE) {
            // Whatever was confirmed, was confirmed of another address.
            confirmed = longAgo();
        }
        if (everKnown && proposed.equals(hardware)) {
            return;
        }
        hardware = proposed;
        everKnown = true;
        surroundings.changed(address, proposed, cause);
    }

    private void release() {
        while (!waiting.isEmpty()) {
            send(waiting.removeFirst());
        }
    }

    /** The entry is taken out of the cache: nothing happens to it any more. */
    void discard() {
        timer.cancel();
        waiting.clear();
    }

    private void enter(NeighbourState next, Duration delay) {
        state = next;
        updated = timeline.now();
        timer.cancel();
        if (next != NeighbourState.STALE && next != NeighbourState.FAILED) {
            schedule(delay);
        }
    }

    private void schedule(Duration delay) {
        timer = timeline.after(delay, this::expire);
    }

    private void expire() {
        switch (state) {
            case REACHABLE -> ageReachable();
            case DELAY -> ageDelayed();
            case PROBE, INCOMPLETE -> probeAgain();
            case STALE, FAILED -> {}
        }
    }

    private void ageReachable() {
        long now = timeline.now();
        long rest = confirmed + reachableTime.toNanos() - now;
        if (rest > 0) {
            schedule(Duration.ofNanos(rest));
            return;
        }
        boolean inUse = now <= used + DELAY_FIRST_PROBE.toNanos();
        enter(inUse ? NeighbourState.DELAY : NeighbourState.STALE, DELAY_FIRST_PROBE);
    }

    private void ageDelayed() {
        long now = timeline.now();
        if (now <= confirmed + DELAY_FIRST_PROBE.toNanos()) {
            enter(
                    NeighbourState.REACHABLE,
                    Duration.ofNanos(confirmed + reachableTime.toNanos() - now));
            return;
        }
        probes = 0;
        enter(NeighbourState.PROBE, RETRANSMIT);
        solicit();
    }

    private void probeAgain() {
        int most =
                state == NeighbourState.PROBE ? UNICAST_PROBES : UNICAST_PROBES + BROADCAST_PROBES;
        if (probes >= most) {
            waiting.clear();
            enter(NeighbourState.FAILED, Duration.ZERO);
            surroundings.unreachable(address);
            return;
        }
        schedule(RETRANSMIT);
        solicit();
    }

    private void solicit() {
        boolean unicast = probes < UNICAST_PROBES && state.valid();
        probes++;
        surroundings.solicit(address, unicast ? Optional.of(hardware) : Optional.empty());
    }
}
