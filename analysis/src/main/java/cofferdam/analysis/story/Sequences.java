package cofferdam.analysis.story;

import cofferdam.analysis.FrameReference;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;
import cofferdam.analysis.story.Leak.Sighting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Picks the frames that matter out of captures. */
final class Sequences {

    /** The most frames of one capture that are told as proofs. */
    static final int MAXIMUM_PROOFS = 5;

    /** How many frames before and after a proof are told. */
    static final int AROUND = 1;

    /** The most lanes; frames of further stations are drawn without an arrow. */
    static final int MAXIMUM_LANES = 6;

    private final Stations stations;

    Sequences(Stations stations) {
        this.stations = stations;
    }

    /** The frames of a capture by number. */
    static NavigableMap<Integer, SeenFrame> byNumber(Vantage vantage) {
        NavigableMap<Integer, SeenFrame> frames = new TreeMap<>();
        Stream.concat(vantage.inbound().stream(), vantage.outbound().stream())
                .forEach(frame -> frames.put(frame.frame().number(), frame));
        return frames;
    }

    Sequence of(Vantage vantage, FrameReference proofs) {
        NavigableMap<Integer, SeenFrame> frames = byNumber(vantage);
        Set<Integer> wanted = new TreeSet<>();
        proofs.frames().stream()
                .filter(frames::containsKey)
                .limit(MAXIMUM_PROOFS)
                .forEach(number -> around(number, wanted));
        List<Sequence.Line> lines = wanted.stream()
                .flatMap(number -> Optional.ofNullable(frames.get(number)).stream())
                .filter(frame -> isToldOf(frame.frame().number(), proofs, wanted))
                .map(frame -> line(frame, proofs))
                .toList();
        return new Sequence(
                vantage.name(),
                vantage.file(),
                lanes(vantage, lines),
                lines,
                proofs.frames().size());
    }

    private static void around(int number, Set<Integer> wanted) {
        for (int near = number - AROUND; near <= number + AROUND; near++) {
            wanted.add(near);
        }
    }

    /** Proofs beyond the limit do not come in as neighbours of others. */
    private static boolean isToldOf(int number, FrameReference proofs, Set<Integer> wanted) {
        return !proofs.comments().containsKey(number)
                || (proofs.frames().indexOf(number) < MAXIMUM_PROOFS && wanted.contains(number));
    }

    private Sequence.Line line(SeenFrame frame, FrameReference proofs) {
        List<Sighting> sightings = stations.sightings(frame);
        String from = stations.sender(frame, sightings);
        String claimed = stations.claimed(frame);
        int number = frame.frame().number();
        return new Sequence.Line(
                number,
                stations.since(frame.time()),
                from,
                claimed.equals(from) ? "" : claimed,
                stations.receiver(frame),
                FrameSummary.of(frame.frame().bytes()),
                proofs.comments().containsKey(number),
                proofs.comments().getOrDefault(number, ""),
                sightings.stream().map(Sighting::vantage).toList());
    }

    /** Those between whom frames went, and the one whose capture it is. */
    private static List<String> lanes(Vantage vantage, List<Sequence.Line> lines) {
        Set<String> lanes = new LinkedHashSet<>();
        for (Sequence.Line line : lines) {
            lanes.add(line.from());
            lanes.add(line.to());
        }
        lanes.add(vantage.name());
        lanes.remove(Sequence.EVERYONE);
        return shortened(new ArrayList<>(lanes), vantage.name());
    }

    private static List<String> shortened(List<String> lanes, String last) {
        if (lanes.size() <= MAXIMUM_LANES) {
            return lanes;
        }
        lanes.remove(last);
        List<String> kept = new ArrayList<>(lanes.subList(0, MAXIMUM_LANES - 1));
        kept.add(last);
        return kept;
    }
}
