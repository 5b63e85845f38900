package cofferdam.monitor.net;

import cofferdam.monitor.evidence.Event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts the frames that a fabric's filters drop, by port and filter. */
public final class DropCounter {

    private final LongSupplier clock;
    private final Map<Place, Tally> tallies = new LinkedHashMap<>();

    /** @param clock nanoseconds since 1970-01-01T00:00:00Z */
    public DropCounter(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * One event for each port and filter that dropped any frame, in the order of the first drops.
     */
    public List<Event.FramesDropped> events(String fabric) {
        return tallies.entrySet().stream()
                .map(entry -> entry.getValue().event(clock.getAsLong(), fabric, entry.getKey()))
                .toList();
    }

    void count(String port, String filter) {
        tallies.computeIfAbsent(new Place(port, filter), place -> new Tally(clock.getAsLong()))
                .frames++;
    }

    private record Place(String port, String filter) {}

    private static final class Tally {
        private final long first;
        private long frames;

        private Tally(long first) {
            this.first = first;
        }

        private Event.FramesDropped event(long now, String fabric, Place place) {
            return new Event.FramesDropped(
                    now, fabric, place.port(), place.filter(), frames, first);
        }
    }
}
