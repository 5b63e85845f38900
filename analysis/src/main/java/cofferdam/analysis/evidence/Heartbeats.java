package cofferdam.analysis.evidence;

import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.PowerState;
import cofferdam.monitor.evidence.Sha256;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The heartbeats of one machine, held against what they must be: numbered without a gap from 1 on,
 * each the SHA-256 of the one before, due every second since the first. A machine that was switched
 * off, or came to an end, begins again. Everything after the first beat that is wrong counts for nothing.
 */
public final class Heartbeats {

    /** How long after a beat the next one is due. */
    public static final Duration PERIOD = Duration.ofSeconds(1);

    /** How far from its due time a beat may be and still be on time. */
    public static final Duration TOLERANCE = Duration.ofMillis(1500);

    /** What a machine leaves between two times at which it was switched on. */
    private record Life(List<Event.Heartbeat> beats) {

        boolean spans(long from, long until) {
            return !beats.isEmpty()
                    && beats.getFirst().time() <= from
                    && beats.getLast().time() >= until;
        }
    }

    private final String machine;
    private final List<Life> lives = new ArrayList<>();
    private Optional<String> problem = Optional.empty();
    private Optional<Event.Heartbeat> wrong = Optional.empty();
    private List<Event.Heartbeat> current = new ArrayList<>();
    private boolean ended;
    private String expected;

    private Heartbeats(String machine) {
        this.machine = machine;
        this.expected = genesis();
    }

    /** The heartbeats of the machine of that name; none if it left none. */
    public static Heartbeats of(Run run, String machine) {
        Heartbeats heartbeats = new Heartbeats(machine);
        for (Event event : run.events()) {
            if (event.actor().equals(machine)) {
                heartbeats.take(event);
            }
        }
        heartbeats.lives.add(new Life(heartbeats.current));
        return heartbeats;
    }

    /** Whether there are any, right or wrong. */
    public boolean any() {
        return wrong.isPresent() || right().findAny().isPresent();
    }

    /** What is wrong with the first beat that is; empty if none is. That one is missing is no such thing. */
    public Optional<String> problem() {
        return problem;
    }

    /** The first beat that is wrong. */
    public Optional<Event.Heartbeat> wrong() {
        return wrong;
    }

    /**
     * Whether right beats, on time and without a gap, go from one that is not after the first time to
     * one that is not before the second, all of one life of the machine. Times are
     * nanoseconds since 1970-01-01T00:00:00Z.
     */
    public boolean alive(long from, long until) {
        return lives.stream().anyMatch(life -> life.spans(from, until));
    }

    /** The last right beat at or before a time. */
    public Optional<Event.Heartbeat> lastBefore(long time) {
        return right().filter(beat -> beat.time() <= time).reduce((first, second) -> second);
    }

    /** The first right beat after a time. */
    public Optional<Event.Heartbeat> firstAfter(long time) {
        return right().filter(beat -> beat.time() > time).findFirst();
    }

    /** The right beats from a time to another, both included. */
    public List<Event.Heartbeat> between(long from, long until) {
        return right().filter(beat -> from <= beat.time() && beat.time() <= until)
                .toList();
    }

    /** When the next beat after a right one is due. */
    public long due(Event.Heartbeat beat) {
        return lives.stream()
                        .map(Life::beats)
                        .filter(beats -> beats.contains(beat))
                        .map(beats -> beats.getFirst().time())
                        .findFirst()
                        .orElse(beat.time())
                + PERIOD.toNanos() * beat.number();
    }

    /** How late the latest of the right beats from a time to another was; zero if none was. */
    public Duration worstLateness(long from, long until) {
        long worst = lives.stream()
                .flatMap(life -> life.beats().stream()
                        .filter(beat -> from <= beat.time() && beat.time() <= until)
                        .map(beat -> lateness(life.beats().getFirst(), beat)))
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
        return Duration.ofNanos(Math.max(0, worst));
    }

    private Stream<Event.Heartbeat> right() {
        return lives.stream().flatMap(life -> life.beats().stream());
    }

    private void take(Event event) {
        if (problem.isPresent()) {
            return;
        }
        boolean off =
                event instanceof Event.PowerChanged power && power.outcome() == PowerState.OFF;
        ended |= off || event instanceof Event.MachineEnded;
        if (event instanceof Event.Heartbeat beat) {
            if (ended) {
                beginAgain();
            }
            check(beat);
        }
    }

    private void beginAgain() {
        lives.add(new Life(current));
        current = new ArrayList<>();
        expected = genesis();
        ended = false;
    }

    private void check(Event.Heartbeat beat) {
        expected = next(expected);
        problem = problemOf(beat);
        if (problem.isPresent()) {
            wrong = Optional.of(beat);
        } else {
            current.add(beat);
        }
    }

    private Optional<String> problemOf(Event.Heartbeat beat) {
        long number = current.size() + 1L;
        if (beat.number() != number) {
            return Optional.of("after heartbeat %d of %s came number %d"
                    .formatted(number - 1, machine, beat.number()));
        }
        if (!beat.outcome().equals(expected)) {
            return Optional.of(
                    "heartbeat %d of %s was computed wrongly".formatted(number, machine));
        }
        Event.Heartbeat first = current.isEmpty() ? beat : current.getFirst();
        if (!beat.subject().equals(first.subject())) {
            return Optional.of("heartbeat %d of %s is of another process than the first"
                    .formatted(number, machine));
        }
        long lateness = lateness(first, beat);
        boolean onTime = -TOLERANCE.toNanos() <= lateness && lateness <= TOLERANCE.toNanos();
        return onTime
                ? Optional.empty()
                : Optional.of("heartbeat %d of %s came %d ms %s"
                        .formatted(
                                number,
                                machine,
                                Duration.ofNanos(Math.abs(lateness)).toMillis(),
                                lateness > 0 ? "late" : "early"));
    }

    private static long lateness(Event.Heartbeat first, Event.Heartbeat beat) {
        return beat.time() - first.time() - PERIOD.toNanos() * (beat.number() - 1);
    }

    private String genesis() {
        return Sha256.of(machine.getBytes(StandardCharsets.UTF_8));
    }

    private static String next(String digest) {
        return Sha256.of(HexFormat.of().parseHex(digest));
    }
}
