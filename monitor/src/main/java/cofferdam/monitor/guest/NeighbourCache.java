package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.MacAddress;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The hardware addresses that a machine knows for protocol addresses.
 *
 * @param <A> protocol addresses
 * @param <P> the packets that are sent to them
 */
final class NeighbourCache<A, P> {

    /** {@code gc_thresh3} of Linux: the most entries. */
    static final int MAXIMUM_ENTRIES = 1024;

    /** What happens to entries that others want to know. */
    interface Listener<A> {
        /** The entry holds another hardware address than before. */
        void changed(A address, MacAddress hardware, String cause);

        /** Nobody on the segment answers for the address. */
        void unreachable(A address);
    }

    /** How neighbours are asked, and how packets reach them. */
    interface Medium<A, P> {
        /** Asks the neighbour itself at its known hardware address, or everybody. */
        void solicit(A address, Optional<MacAddress> known);

        void transmit(P packet, MacAddress destination);
    }

    private final Medium<A, P> medium;
    private final Timeline timeline;
    private final Duration reachableTime;
    private final Listener<A> listener;
    private final Map<A, Neighbour<A, P>> neighbours = new LinkedHashMap<>();

    NeighbourCache(
            Medium<A, P> medium, Timeline timeline, Duration reachableTime, Listener<A> listener) {
        this.medium = medium;
        this.timeline = timeline;
        this.reachableTime = reachableTime;
        this.listener = listener;
    }

    /** Visits every entry, the oldest first. */
    void forEach(BiConsumer<A, Neighbour<A, P>> visitor) {
        neighbours.forEach(visitor);
    }

    /** Sends a packet to a neighbour, now or once the neighbour's address is known. */
    void send(A neighbour, P packet) {
        findOrCreate(neighbour).ifPresent(entry -> entry.send(packet));
    }

    /** The entry of an address; empty if there is none. */
    Optional<Neighbour<A, P>> find(A address) {
        return Optional.ofNullable(neighbours.get(address));
    }

    /**
     * The entry of an address, made if there is none; empty if the cache is full of entries in use.
     */
    Optional<Neighbour<A, P>> findOrCreate(A address) {
        Neighbour<A, P> known = neighbours.get(address);
        if (known != null) {
            return Optional.of(known);
        }
        if (neighbours.size() >= MAXIMUM_ENTRIES && !evict()) {
            return Optional.empty();
        }
        Neighbour<A, P> created =
                new Neighbour<>(address, timeline, reachableTime, new Surroundings());
        neighbours.put(address, created);
        return Optional.of(created);
    }

    /** Makes room by the entry that changed longest ago among those that nobody waits for. */
    private boolean evict() {
        Optional<Map.Entry<A, Neighbour<A, P>>> oldest = neighbours.entrySet().stream()
                .filter(entry -> idle(entry.getValue().state()))
                .min(Comparator.comparingLong(entry -> entry.getValue().updated()));
        oldest.ifPresent(entry -> neighbours.remove(entry.getKey()));
        return oldest.isPresent();
    }

    private static boolean idle(NeighbourState state) {
        return state == NeighbourState.STALE || state == NeighbourState.FAILED;
    }

    /** Forgets everything, as Linux does when the interface gets another address. */
    void flush() {
        neighbours.values().forEach(Neighbour::discard);
        neighbours.clear();
    }

    private final class Surroundings implements Neighbour.Surroundings<A, P> {
        @Override
        public void solicit(A address, Optional<MacAddress> known) {
            medium.solicit(address, known);
        }

        @Override
        public void transmit(P packet, MacAddress destination) {
            medium.transmit(packet, destination);
        }

        @Override
        public void changed(A address, MacAddress hardware, String cause) {
            listener.changed(address, hardware, cause);
        }

        @Override
        public void unreachable(A address) {
            listener.unreachable(address);
        }
    }
}
