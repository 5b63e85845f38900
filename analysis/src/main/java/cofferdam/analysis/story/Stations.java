package cofferdam.analysis.story;

import cofferdam.analysis.evidence.Ipv4Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;
import cofferdam.analysis.story.Leak.Sighting;
import cofferdam.monitor.address.MacAddress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which machines frames went between, and which captures have the same frame. */
final class Stations {

    /** The same bytes seen further apart than this, in nanoseconds, are two frames. */
    private static final long ONE_FRAME = 500_000_000L;

    private final Run run;
    private final long first;
    private final Map<Object, List<Seen>> places = new HashMap<>();

    /** A frame at a vantage. */
    private record Seen(Vantage vantage, SeenFrame frame, boolean sent) {}

    Stations(Run run) {
        this.run = run;
        first = run.events().isEmpty() ? 0 : run.events().getFirst().time();
        for (Vantage vantage : run.allVantages()) {
            vantage.outbound().forEach(frame -> note(new Seen(vantage, frame, true)));
            vantage.inbound().forEach(frame -> note(new Seen(vantage, frame, false)));
        }
    }

    private void note(Seen seen) {
        places.computeIfAbsent(identity(seen.frame()), key -> new ArrayList<>()).add(seen);
    }

    /** What makes two frames of two captures the same: forwarders may change lower headers. */
    private static Object identity(SeenFrame frame) {
        return frame.content() instanceof Ipv4Content packet ? packet : frame.unpadded();
    }

    /** Nanoseconds since the run's first event. */
    long since(long time) {
        return time - first;
    }

    /** Every capture that has the frame, once each, by time and then by name. */
    List<Sighting> sightings(SeenFrame frame) {
        Set<String> known = new HashSet<>();
        return places.getOrDefault(identity(frame), List.of()).stream()
                .filter(seen -> Math.abs(seen.frame().time() - frame.time()) <= ONE_FRAME)
                // What is nearest in time is this frame; another of the same bytes may be near too.
                .sorted(Comparator.comparingLong(
                        seen -> Math.abs(seen.frame().time() - frame.time())))
                .filter(seen -> known.add(seen.vantage().name()))
                .map(seen -> new Sighting(
                        seen.vantage().name(),
                        seen.frame().frame().number(),
                        since(seen.frame().time()),
                        seen.sent()))
                .sorted(Comparator.comparingLong(Sighting::time).thenComparing(Sighting::vantage))
                .toList();
    }

    /** The machine whose own capture has the frame going out, else that of its source address. */
    String sender(SeenFrame frame, List<Sighting> sightings) {
        return sightings.stream()
                .filter(Sighting::sent)
                .map(Sighting::vantage)
                .findFirst()
                .orElseGet(() -> named(frame.source()));
    }

    /** The machine whose address the frame bears as its source. */
    String claimed(SeenFrame frame) {
        return named(frame.source());
    }

    /** The machine of the destination address. */
    String receiver(SeenFrame frame) {
        return named(frame.destination());
    }

    private String named(long address) {
        if (address < 0) {
            return "no address";
        }
        if (address == MacAddress.BROADCAST.value()) {
            return Sequence.EVERYONE;
        }
        MacAddress station = new MacAddress(address);
        Optional<Machine> owner = run.machines().values().stream()
                .filter(machine -> machine.mac().equals(station))
                .findFirst();
        return owner.map(Machine::name).orElseGet(station::toString);
    }
}
