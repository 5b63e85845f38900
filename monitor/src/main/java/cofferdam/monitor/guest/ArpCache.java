package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ipv4Packet;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The hardware addresses that a machine knows for protocol addresses. */
final class ArpCache {

    /** {@code gc_thresh3} of Linux: the most entries. */
    static final int MAXIMUM_ENTRIES = 1024;

    /** What happens to entries that others want to know. */
    interface Listener {
        /** The entry holds another hardware address than before. */
        void changed(Ipv4Address address, MacAddress hardware, String cause);

        /** Nobody on the segment answers for the address. */
        void unreachable(Ipv4Address address);
    }

    private final Link link;
    private final Ipv4Address own;
    private final Timeline timeline;
    private final Duration reachableTime;
    private final Listener listener;
    private final Map<Ipv4Address, Neighbour> neighbours = new LinkedHashMap<>();

    ArpCache(
            Link link,
            Ipv4Address own,
            Timeline timeline,
            Duration reachableTime,
            Listener listener) {
        this.link = link;
        this.own = own;
        this.timeline = timeline;
        this.reachableTime = reachableTime;
        this.listener = listener;
    }

    /** Sends a packet to its target on the segment, now or once the target's address is known. */
    void send(Ipv4Packet packet) {
        findOrCreate(packet.target()).ifPresent(neighbour -> neighbour.send(packet));
    }

    /** The entry of an address; empty if there is none. */
    Optional<Neighbour> find(Ipv4Address address) {
        return Optional.ofNullable(neighbours.get(address));
    }

    /**
     * The entry of an address, made if there is none; empty if the cache is full of entries in use.
     */
    Optional<Neighbour> findOrCreate(Ipv4Address address) {
        Neighbour known = neighbours.get(address);
        if (known != null) {
            return Optional.of(known);
        }
        if (neighbours.size() >= MAXIMUM_ENTRIES && !evict()) {
            return Optional.empty();
        }
        Neighbour created = new Neighbour(address, timeline, reachableTime, new Surroundings());
        neighbours.put(address, created);
        return Optional.of(created);
    }

    /** Makes room by the entry that changed longest ago among those that nobody waits for. */
    private boolean evict() {
        Optional<Map.Entry<Ipv4Address, Neighbour>> oldest = neighbours.entrySet().stream()
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

    private final class Surroundings implements Neighbour.Surroundings {
        @Override
        public void solicit(Ipv4Address address, MacAddress destination) {
            ArpPacket request = ArpPacket.request(link.address(), own, address);
            link.send(request.toFrame(destination, link.address()));
        }

        @Override
        public void transmit(Ipv4Packet packet, MacAddress destination) {
            link.send(packet.toFrame(destination, link.address()));
        }

        @Override
        public void changed(Ipv4Address address, MacAddress hardware, String cause) {
            listener.changed(address, hardware, cause);
        }

        @Override
        public void unreachable(Ipv4Address address) {
            listener.unreachable(address);
        }
    }
}
