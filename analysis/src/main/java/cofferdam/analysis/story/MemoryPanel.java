package cofferdam.analysis.story;

import java.util.List;

/**
 * How the memory of one machine, or of the host, was used over time.
 *
 * @param until the end of the time axis, in nanoseconds since the run's first event
 * @param most the end of the other axis, in bytes
 * @param attacks when attacks were under way
 */
public record MemoryPanel(
        String subject, long until, long most, List<Series> series, List<Span> attacks) {

    public MemoryPanel {
        series = List.copyOf(series);
        attacks = List.copyOf(attacks);
    }

    /** What a series shows. */
    public enum Quantity {
        LIMIT,
        USED,
        FRAMES,
        SHARED,
        BALLOONED,
        SWAPPED
    }

    /** A quantity over time. */
    public record Series(Quantity quantity, List<Point> points) {
        public Series {
            points = List.copyOf(points);
        }

        /** What it came to in the end, in bytes. */
        public long last() {
            return points.getLast().bytes();
        }
    }

    /**
     * A quantity at a time.
     *
     * @param time in nanoseconds since the run's first event
     */
    public record Point(long time, long bytes) {}

    /** An attack from a time to another, in nanoseconds since the run's first event. */
    public record Span(String attack, long from, long until) {}
}
