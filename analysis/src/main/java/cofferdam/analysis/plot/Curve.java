package cofferdam.analysis.plot;

import java.util.ArrayList;
import java.util.List;

/** A quantity over time. */
record Curve(Style style, String name, List<Point> points) {

    /** More points than a picture can show are thinned out to about so many. */
    static final int MAXIMUM_POINTS = 2000;

    Curve {
        points = List.copyOf(points);
    }

    /**
     * A quantity at a time.
     *
     * @param time in nanoseconds since the run's first event
     */
    record Point(long time, long bytes) {}

    /** The points to draw, the last one always among them. */
    List<Point> drawn() {
        int step = Math.ceilDiv(points.size(), MAXIMUM_POINTS);
        if (step <= 1) {
            return points;
        }
        List<Point> drawn = new ArrayList<>();
        for (int i = 0; i < points.size(); i += step) {
            drawn.add(points.get(i));
        }
        drawn.add(points.getLast());
        return drawn;
    }
}
