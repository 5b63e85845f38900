package cofferdam.scenarios.lab;

import cofferdam.monitor.Machine;
import cofferdam.monitor.emulated.LiveLab;
import cofferdam.monitor.emulated.OutsidePort;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.recording.LiveEvidence;
import cofferdam.monitor.wire.WireCounters;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What there is to see of a lab, as lines. */
final class LabViews {

    /** The most addresses of a table that are listed. */
    static final int MAXIMUM_ADDRESSES = 64;

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");
    private static final double MILLISECONDS_A_SECOND = 1000;

    private final Lab lab;

    LabViews(Lab lab) {
        this.lab = lab;
    }

    /** The machines, then the ports. */
    List<String> machines() {
        Columns columns = new Columns();
        for (Machine machine : lab.host().machines()) {
            columns.row(
                    machine.name(),
                    machine.address().toString(),
                    machine.mac().toString(),
                    "emulated");
        }
        for (PortSpec spec : lab.specs()) {
            OutsidePort port = spec.port();
            columns.row(
                    port.name(),
                    port.address().map(Object::toString).orElse("-"),
                    port.mac().toString(),
                    spec.kind().word() + ":" + spec.where() + ", " + place(port));
        }
        return columns.lines();
    }

    private String place(OutsidePort port) {
        return switch (port.place()) {
            case GUEST ->
                lab.live().isPromiscuous(port.name())
                        ? "a guest's port, promiscuous"
                        : "a guest's port";
            case OUTSIDE -> "outside";
        };
    }

    List<String> arpCaches(List<String> machines) throws LabException {
        Columns columns = new Columns();
        for (String machine : machines) {
            lab.machine(machine);
            for (LiveLab.ArpEntry entry : lab.live().arpCache(machine)) {
                columns.row(
                        machine,
                        entry.address().toString(),
                        entry.mac().map(Object::toString).orElse("-"),
                        entry.state(),
                        age(entry.age()));
            }
        }
        return columns.lines().isEmpty() ? List.of("empty") : columns.lines();
    }

    List<String> macTable() {
        List<LiveLab.MacEntry> entries = lab.live().macTable();
        Columns columns = new Columns();
        entries.stream()
                .limit(MAXIMUM_ADDRESSES)
                .forEach(entry -> columns.row(
                        entry.bridge(), entry.mac().toString(), entry.port(), age(entry.age())));
        List<String> lines = new ArrayList<>(columns.lines());
        if (entries.size() > MAXIMUM_ADDRESSES) {
            lines.add("and %d more".formatted(entries.size() - MAXIMUM_ADDRESSES));
        }
        return lines.isEmpty() ? List.of("empty") : List.copyOf(lines);
    }

    private static String age(Duration age) {
        return "%.1f s".formatted(age.toMillis() / MILLISECONDS_A_SECOND);
    }

    /** Frames of machines and ports, what wires lost, and what the policy's filters dropped. */
    List<String> counters() {
        Columns columns = new Columns();
        for (LiveEvidence.Traffic traffic : lab.evidence().traffic()) {
            columns.row(
                    traffic.vantage(),
                    traffic.name(),
                    traffic.in() + " in",
                    traffic.out() + " out",
                    traffic.lost() == 0 ? "" : traffic.lost() + " not captured, file full");
        }
        Columns losses = new Columns();
        for (Map.Entry<String, WireCounters> wire : losses().entrySet()) {
            WireCounters counters = wire.getValue();
            losses.row(
                    wire.getKey(),
                    "lost",
                    counters.overrun() + " too fast",
                    counters.unattached() + " nobody there",
                    counters.malformed() + " malformed");
        }
        Columns drops = new Columns();
        for (Event.FramesDropped drop : lab.live().drops()) {
            drops.row(drop.subject(), "dropped", Long.toString(drop.frames()), drop.outcome());
        }
        List<String> lines = new ArrayList<>(columns.lines());
        lines.addAll(losses.lines());
        lines.addAll(drops.lines());
        return List.copyOf(lines);
    }

    private Map<String, WireCounters> losses() {
        Map<String, WireCounters> losses = new TreeMap<>();
        lab.wires().forEach((name, wire) -> {
            WireCounters counters = wire.counters();
            if (counters.overrun() + counters.unattached() + counters.malformed() > 0) {
                losses.put(name, counters);
            }
        });
        return losses;
    }

    /** The last events as they stand in {@code events.jsonl}. */
    List<String> events(String number) throws LabException {
        if (!NUMBER.matcher(number).matches()) {
            throw new LabException("'%s' is not a number of events".formatted(number));
        }
        List<Event> latest = lab.evidence().latest(Integer.parseInt(number));
        return new String(EventLog.write(latest), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
