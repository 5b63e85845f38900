package cofferdam.monitor.net;

/**
 * Addresses by the time at which each was heard, the earliest first and of equals the lowest: a
 * binary heap. The times may be out of date, since hearing an address again does not touch the
 * queue; {@link #postponeFirst} corrects the first when it is looked at. So hearing costs nothing,
 * and finding the earliest costs, spread over the frames, the logarithm of the size.
 */
final class AgeQueue {

    private final long[] addresses;
    private final long[] times;
    private int size;

    AgeQueue(int capacity) {
        addresses = new long[capacity];
        times = new long[capacity];
    }

    int size() {
        return size;
    }

    /** The address heard earliest, by the times that the queue knows. */
    long firstAddress() {
        return addresses[0];
    }

    /** When it was heard, as the queue knows. */
    long firstTime() {
        return times[0];
    }

    void add(long address, long time) {
        int at = size++;
        while (at > 0 && precedes(address, time, parent(at))) {
            move(parent(at), at);
            at = parent(at);
        }
        set(at, address, time);
    }

    /** Gives the first a later time. */
    void postponeFirst(long time) {
        sink(addresses[0], time);
    }

    void removeFirst() {
        size--;
        sink(addresses[size], times[size]);
    }

    void clear() {
        size = 0;
    }

    private void sink(long address, long time) {
        int at = 0;
        int child = earlierChild(at);
        while (child < size && !precedes(address, time, child)) {
            move(child, at);
            at = child;
            child = earlierChild(at);
        }
        set(at, address, time);
    }

    private static int parent(int at) {
        return (at - 1) / 2;
    }

    private int earlierChild(int at) {
        int left = 2 * at + 1;
        int right = left + 1;
        return right < size && precedes(addresses[right], times[right], left) ? right : left;
    }

    private boolean precedes(long address, long time, int other) {
        return time < times[other] || (time == times[other] && address < addresses[other]);
    }

    private void move(int from, int to) {
        set(to, addresses[from], times[from]);
    }

    private void set(int at, long address, long time) {
        addresses[at] = address;
        times[at] = time;
    }
}
