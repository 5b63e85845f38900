package cofferdam.analysis.plot;

import cofferdam.analysis.evidence.MemoryHistory;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The part of the picture that is about one machine, or about the host.
 *
 * @param attacks when attacks were under way, to be seen behind the curves
 */
record Panel(String subject, List<Curve> curves, List<Span> attacks) {

    /** The most machines that are shown; a table has all of them. */
    static final int MAXIMUM_PANELS = 16;

    Panel {
        curves = List.copyOf(curves);
        attacks = List.copyOf(attacks);
    }

    /** Something from a time to another, in nanoseconds since the run's first event. */
    record Span(String name, long from, long until) {}

    /** One for each machine that somebody looked at, sorted as they came, the host last. */
    static List<Panel> of(Run run) {
        MemoryHistory memory = new MemoryHistory(run);
        Set<String> subjects = new LinkedHashSet<>();
        memory.samples().forEach(sample -> subjects.add(sample.subject()));
        boolean host = subjects.remove(MemoryHistory.HOST);
        List<Span> attacks = attacks(run);
        List<Panel> panels = new ArrayList<>();
        subjects.stream()
                .limit(MAXIMUM_PANELS)
                .forEach(subject ->
                        panels.add(new Panel(subject, ofMachine(run, memory, subject), attacks)));
        if (host) {
            panels.add(new Panel(MemoryHistory.HOST, ofHost(run, memory), attacks));
        }
        return panels;
    }

    private static List<Curve> ofMachine(Run run, MemoryHistory memory, String machine) {
        List<Curve> curves = new ArrayList<>();
        List<Event.MemorySampled> seen = memory.seen(MemoryHistory.MONITOR, machine);
        List<Event.MemorySampled> own = memory.seen(machine, machine);
        memory.configured(machine).stream()
                .findFirst()
                .ifPresent(given ->
                        curves.add(level(run, Style.LIMIT, "configured limit", given.limit())));
        add(
                curves,
                run,
                Style.USED,
                "used, as the monitor sees it",
                seen,
                Event.MemorySampled::used);
        add(curves, run, Style.FRAMES, "frames of the host", seen, Event.MemorySampled::frames);
        add(curves, run, Style.SHARED, "in shared frames", seen, Event.MemorySampled::shared);
        add(curves, run, Style.BALLOONED, "ballooned", seen, Event.MemorySampled::ballooned);
        add(
                curves,
                run,
                Style.SWAPPED,
                "in the host's swap file",
                seen,
                Event.MemorySampled::swapped);
        add(curves, run, Style.OWN, "used, as the machine sees it", own, Event.MemorySampled::used);
        add(
                curves,
                run,
                Style.OWN_SWAP,
                "in the machine's swap",
                own,
                Event.MemorySampled::swapped);
        add(
                curves,
                run,
                Style.CONSOLE,
                "used, as the host's system sees it",
                memory.seen(MemoryHistory.HOST, machine),
                Event.MemorySampled::used);
        return curves;
    }

    private static List<Curve> ofHost(Run run, MemoryHistory memory) {
        List<Curve> curves = new ArrayList<>();
        List<Event.MemorySampled> seen = memory.seen(MemoryHistory.MONITOR, MemoryHistory.HOST);
        add(curves, run, Style.LIMIT, "size", seen, Event.MemorySampled::size);
        add(curves, run, Style.USED, "used", seen, Event.MemorySampled::used);
        add(curves, run, Style.SHARED, "shared frames", seen, Event.MemorySampled::shared);
        add(curves, run, Style.BALLOONED, "ballooned", seen, Event.MemorySampled::ballooned);
        add(curves, run, Style.SWAPPED, "in the swap file", seen, Event.MemorySampled::swapped);
        return curves;
    }

    /** What was nothing all the time is left out. */
    private static void add(
            List<Curve> curves,
            Run run,
            Style style,
            String name,
            List<Event.MemorySampled> samples,
            ToLongFunction<Event.MemorySampled> value) {
        if (samples.stream().anyMatch(sample -> value.applyAsLong(sample) > 0)) {
            long first = run.events().getFirst().time();
            List<Curve.Point> points = samples.stream()
                    .map(sample -> new Curve.Point(
                            sample.time() - first, Math.max(0, value.applyAsLong(sample))))
                    .toList();
            curves.add(new Curve(style, name, points));
        }
    }

    private static Curve level(Run run, Style style, String name, long bytes) {
        long end = run.events().getLast().time() - run.events().getFirst().time();
        return new Curve(
                style,
                name,
                List.of(
                        new Curve.Point(0, Math.max(0, bytes)),
                        new Curve.Point(end, Math.max(0, bytes))));
    }

    private static List<Span> attacks(Run run) {
        long first = run.events().getFirst().time();
        long last = run.events().getLast().time();
        return run.events(Event.AttackStarted.class).stream()
                .map(start -> new Span(
                        start.subject(),
                        start.time() - first,
                        run.events(Event.AttackStopped.class).stream()
                                        .filter(stop -> stop.subject().equals(start.subject())
                                                && stop.time() >= start.time())
                                        .mapToLong(Event.AttackStopped::time)
                                        .min()
                                        .orElse(last)
                                - first))
                .toList();
    }
}
