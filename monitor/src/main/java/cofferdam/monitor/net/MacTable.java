package cofferdam.monitor.net;

import cofferdam.monitor.policy.NetworkPolicy;

/**
 * The filtering database of a learning switch (IEEE Std 802.1Q, clause 8.8): on which port each
 * station was heard last. Bounded; an address is known until the ageing time after it was last
 * heard. Neither learning nor looking up allocates.
 */
final class MacTable {

    /** What {@link #port} says of an address that it does not know. */
    static final int UNKNOWN = -1;

    private final int size;
    private final long ageing;
    private final WhenFull whenFull;
    private final AddressSlots slots;
    private final AgeQueue ages;

    /**
     * @param size addresses, from 1 to {@link NetworkPolicy.MacTable#MAXIMUM_SIZE}
     * @param ageing nanoseconds
     * @param whenFull what happens to a new address for which there is no room
     */
    MacTable(int size, long ageing, WhenFull whenFull) {
        if (size < 1 || size > NetworkPolicy.MacTable.MAXIMUM_SIZE) {
            throw new IllegalArgumentException("MAC table of %d addresses is not between 1 and %d"
                    .formatted(size, NetworkPolicy.MacTable.MAXIMUM_SIZE));
        }
        if (ageing < 0) {
            throw new IllegalArgumentException(
                    "MAC table's ageing of %d ns is negative".formatted(ageing));
        }
        this.size = size;
        this.ageing = ageing;
        this.whenFull = whenFull;
        slots = new AddressSlots(size);
        ages = new AgeQueue(size);
    }

    /**
     * Takes note that an address was heard on a port; the newest port wins. The addresses of groups
     * and zero are never learned.
     *
     * @param now nanoseconds, never less than before
     * @return whether the frame may go on
     */
    boolean learn(long address, int port, long now) {
        int at = slots.find(address);
        if (at < 0) {
            return !FrameHeader.isStation(address) || learnNew(address, port, now);
        }
        slots.renew(at, address, port, now);
        return true;
    }

    /** The port on which the address was heard last, or {@link #UNKNOWN}. */
    int port(long address, long now) {
        int at = slots.find(address);
        return at >= 0 && now - slots.time(at) < ageing ? slots.port(at) : UNKNOWN;
    }

    /** Visits every address that is still known, in no particular order. */
    void forEachKnown(long now, Visitor visitor) {
        slots.forEach((address, time) -> {
            if (now - time < ageing) {
                visitor.visit(address, slots.port(slots.find(address)), now - time);
            }
        });
    }

    /** Forgets every address of the port. */
    void forgetPort(int port) {
        slots.removePort(port);
        ages.clear();
        slots.forEach(ages::add);
    }

    /** Forgets the address that was heard longest ago; of equals, the lowest. */
    void forgetOldest() {
        slots.remove(oldest());
        ages.removeFirst();
    }

    /** Puts in an address that is not there, into a table that is not full. */
    void insert(long address, int port, long now) {
        slots.put(~slots.find(address), address, port, now);
        ages.add(address, now);
    }

    private boolean learnNew(long address, int port, long now) {
        if (ages.size() == size && now - slots.time(oldest()) >= ageing) {
            forgetOldest();
        }
        if (ages.size() == size) {
            return whenFull.heard(this, address, port, now);
        }
        insert(address, port, now);
        return true;
    }

    private int oldest() {
        int at = slots.find(ages.firstAddress());
        while (slots.time(at) != ages.firstTime()) {
            ages.postponeFirst(slots.time(at));
            at = slots.find(ages.firstAddress());
        }
        return at;
    }

    /** Takes an address, the port on which it was heard last, and how many nanoseconds ago. */
    @FunctionalInterface
    interface Visitor {
        void visit(long address, int port, long age);
    }

    /** What a full table does with a new address. */
    @FunctionalInterface
    interface WhenFull {

        /** Forwards the frame and does not learn. */
        WhenFull FLOOD = (table, address, port, now) -> true;

        /** Drops the frame. */
        WhenFull DROP = (table, address, port, now) -> false;

        /** Forgets the address heard longest ago in favour of the new one. */
        WhenFull EVICT = (table, address, port, now) -> {
            table.forgetOldest();
            table.insert(address, port, now);
            return true;
        };

        /** Returns whether the frame from this address may go on. */
        boolean heard(MacTable full, long address, int port, long now);
    }
}
