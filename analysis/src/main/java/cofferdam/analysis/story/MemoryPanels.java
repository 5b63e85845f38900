package cofferdam.analysis.story;

import cofferdam.analysis.evidence.MemoryHistory;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.story.MemoryPanel.Point;
import cofferdam.analysis.story.MemoryPanel.Quantity;
import cofferdam.analysis.story.MemoryPanel.Series;
import cofferdam.analysis.story.MemoryPanel.Span;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** What the monitor saw of memory over time, thinned out to what a small picture shows. */
final class MemoryPanels {

    /** The most machines of a story, the host among them. */
    static final int MAXIMUM_PANELS = 4;

    /** The most points of a series. */
    static final int MAXIMUM_POINTS = 60;

    private static final int MAXIMUM_ATTACKS = 8;

    /** So that what follows from forged evidence stays within what can be drawn. */
    private static final long MOST = 1L << 50;

    private final Run run;
    private final MemoryHistory memory;
    private final long first;
    private final long end;

    MemoryPanels(Run run) {
        this.run = run;
        memory = new MemoryHistory(run);
        first = run.events().isEmpty() ? 0 : run.events().getFirst().time();
        end = run.events().isEmpty() ? 0 : run.events().getLast().time();
    }

    /** A panel for each of these machines that the monitor looked at, then one for the host. */
    List<MemoryPanel> of(Collection<String> machines) {
        Set<String> subjects = new LinkedHashSet<>(machines);
        subjects.remove(MemoryHistory.HOST);
        List<MemoryPanel> panels = new ArrayList<>();
        subjects.stream()
                .limit(MAXIMUM_PANELS - 1)
                .forEach(machine -> panel(machine).ifPresent(panels::add));
        panel(MemoryHistory.HOST).ifPresent(panels::add);
        return panels;
    }

    private Optional<MemoryPanel> panel(String subject) {
        List<Event.MemorySampled> seen = memory.seen(MemoryHistory.MONITOR, subject);
        if (seen.isEmpty() || end <= first) {
            return Optional.empty();
        }
        List<Series> series = new ArrayList<>();
        add(series, Quantity.LIMIT, limit(subject, seen));
        add(series, Quantity.USED, points(seen, Event.MemorySampled::used));
        add(series, Quantity.FRAMES, points(seen, Event.MemorySampled::frames));
        add(series, Quantity.SHARED, points(seen, Event.MemorySampled::shared));
        add(series, Quantity.BALLOONED, points(seen, Event.MemorySampled::ballooned));
        add(series, Quantity.SWAPPED, points(seen, Event.MemorySampled::swapped));
        long most = series.stream()
                .flatMap(one -> one.points().stream())
                .mapToLong(Point::bytes)
                .max()
                .orElse(0);
        return most == 0
                ? Optional.empty()
                : Optional.of(new MemoryPanel(subject, end - first, most, series, attacks()));
    }

    private static void add(List<Series> series, Quantity quantity, List<Point> points) {
        if (points.stream().anyMatch(point -> point.bytes() > 0)) {
            series.add(new Series(quantity, thinned(points)));
        }
    }

    /** A machine's configured limit; the host's is its size. */
    private List<Point> limit(String subject, List<Event.MemorySampled> seen) {
        long limit = memory.configured(subject).stream()
                .findFirst()
                .map(Event.MemoryConfigured::limit)
                .orElse(seen.getFirst().size());
        long bytes = Math.clamp(limit, 0, MOST);
        return List.of(new Point(0, bytes), new Point(end - first, bytes));
    }

    private List<Point> points(
            List<Event.MemorySampled> seen, ToLongFunction<Event.MemorySampled> value) {
        return seen.stream()
                .map(sample -> new Point(
                        sample.time() - first, Math.clamp(value.applyAsLong(sample), 0, MOST)))
                .toList();
    }

    /** Without the points inside a level stretch, then every so many. */
    static List<Point> thinned(List<Point> points) {
        List<Point> bends = new ArrayList<>();
        for (int at = 0; at < points.size(); at++) {
            boolean inside = 0 < at
                    && at < points.size() - 1
                    && points.get(at).bytes() == points.get(at - 1).bytes()
                    && points.get(at).bytes() == points.get(at + 1).bytes();
            if (!inside) {
                bends.add(points.get(at));
            }
        }
        int step = Math.max(1, Math.ceilDiv(bends.size(), MAXIMUM_POINTS - 1));
        List<Point> thinned = new ArrayList<>();
        for (int at = 0; at < bends.size() - 1; at += step) {
            thinned.add(bends.get(at));
        }
        thinned.add(bends.getLast());
        return thinned;
    }

    private List<Span> attacks() {
        return run.events(Event.AttackStarted.class).stream()
                .limit(MAXIMUM_ATTACKS)
                .map(start ->
                        new Span(start.subject(), start.time() - first, stopped(start) - first))
                .toList();
    }

    private long stopped(Event.AttackStarted start) {
        return run.events(Event.AttackStopped.class).stream()
                .filter(stop -> stop.subject().equals(start.subject())
                        && stop.actor().equals(start.actor())
                        && stop.time() >= start.time())
                .mapToLong(Event.AttackStopped::time)
                .min()
                .orElse(end);
    }
}
