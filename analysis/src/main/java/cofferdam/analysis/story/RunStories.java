package cofferdam.analysis.story;

import cofferdam.analysis.EventReference;
import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.FrameReference;
import cofferdam.analysis.ImageReference;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.RunFiles;
import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.RunReader;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;
import cofferdam.analysis.story.Leak.Sighting;
import cofferdam.monitor.evidence.Canary;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.policy.MonitorPolicy;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.Policy;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Tells what is behind the judgements of one run, from its evidence alone. Nothing here judges: a
 * story shows what a judgement points at, and what cannot be read it says.
 */
public final class RunStories {

    private static final String HOST = "host";

    private final RunFiles files;
    private final Policy policy;
    private @Nullable Run run;
    private @Nullable Stations stations;
    private String problem = "";

    private RunStories(RunFiles files, Policy policy) {
        this.files = files;
        this.policy = policy;
    }

    /** The stories of a run; the evidence is read once. */
    public static RunStories read(RunFiles files, Policy policy) {
        RunStories stories = new RunStories(files, policy);
        try {
            stories.run = RunReader.read(files::read, policy);
        } catch (MissingEvidenceException e) {
            stories.problem = String.valueOf(e.getMessage());
        }
        return stories;
    }

    /** What is behind a judgement of this run. */
    public Story of(Judgement judgement) {
        Run read = run;
        if (read == null) {
            return Story.untold(problem);
        }
        if (stations == null) {
            stations = new Stations(read);
        }
        return new Teller(read, stations, judgement).tell();
    }

    /** Tells one story. */
    private final class Teller {

        private final Run run;
        private final Stations stations;
        private final Judgement judgement;
        private final List<Sequence> sequences = new ArrayList<>();
        private final List<Excerpt> excerpts = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();
        private Optional<Leak> leak = Optional.empty();

        Teller(Run run, Stations stations, Judgement judgement) {
            this.run = run;
            this.stations = stations;
            this.judgement = judgement;
        }

        Story tell() {
            boolean memory = false;
            for (EvidenceReference reference : judgement.evidence()) {
                switch (reference) {
                    case FrameReference frames -> frames(frames);
                    case ImageReference image -> image(image);
                    case EventReference events -> memory = true;
                }
                memory |= reference.file().startsWith("memory-reads/")
                        || reference.file().endsWith(".swap");
            }
            return new Story(
                    Optional.of(topology()),
                    sequences,
                    excerpts,
                    Quotations.of(run, judgement),
                    memory ? new MemoryPanels(run).of(parties()) : List.of(),
                    problems);
        }

        private void frames(FrameReference proofs) {
            Optional<Vantage> vantage = run.allVantages().stream()
                    .filter(known -> known.file().equals(proofs.file()))
                    .findFirst();
            if (vantage.isEmpty()) {
                problems.add("%s cannot be read".formatted(proofs.file()));
                return;
            }
            sequences.add(new Sequences(stations).of(vantage.get(), proofs));
            NavigableMap<Integer, SeenFrame> seen = Sequences.byNumber(vantage.get());
            seen.keySet().retainAll(proofs.frames());
            if (seen.isEmpty()) {
                problems.add(
                        "%s has none of the frames that it should have".formatted(proofs.file()));
                return;
            }
            NavigableMap<Integer, byte[]> bytes = new TreeMap<>();
            seen.forEach((number, frame) -> bytes.put(number, frame.frame().bytes()));
            excerpts.add(Excerpts.mostReadable(proofs.file(), bytes));
            if (leak.isEmpty()) {
                leak = Optional.of(way(vantage.get(), seen.firstEntry().getValue()));
            }
        }

        private Leak way(Vantage vantage, SeenFrame frame) {
            List<Sighting> sightings = stations.sightings(frame);
            return new Leak.OfFrame(
                    stations.sender(frame, sightings),
                    stations.receiver(frame),
                    vantage.name(),
                    sightings);
        }

        private void image(ImageReference image) {
            try {
                byte[] bytes = files.read(image.file())
                        .orElseThrow(() -> new EvidenceException("there is no " + image.file()));
                excerpts.addAll(new Excerpts(canaries()).of(image.file(), bytes, image.offsets()));
            } catch (EvidenceException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
            Question question = judgement.question();
            if (leak.isEmpty() && !question.observer().isEmpty()) {
                leak = Optional.of(new Leak.OfBytes(
                        question.subject().getFirst(), question.observer(), image.file()));
            }
        }

        /** Every secret of the run, so that its bytes are marked where they turn up. */
        private List<Canary> canaries() {
            return run.events().stream()
                    .flatMap(event -> canary(event).stream())
                    .distinct()
                    .toList();
        }

        private static Optional<Canary> canary(Event event) {
            if (event instanceof Event.FileSaved saved) {
                return Optional.of(saved.canary());
            }
            if (event instanceof Event.HostFilePlaced placed) {
                return Optional.of(placed.canary());
            }
            if (event instanceof Event.SecretRemembered remembered) {
                return Optional.of(remembered.canary());
            }
            return event instanceof Event.HostSecretPlaced placed
                    ? Optional.of(placed.canary())
                    : Optional.empty();
        }

        /** The machines that the question names, and those that attacked. */
        private Set<String> parties() {
            Set<String> parties = new TreeSet<>(judgement.question().subject());
            parties.addAll(Attempt.adversaries(run));
            if (!judgement.question().observer().isEmpty()) {
                parties.add(judgement.question().observer());
            }
            return parties;
        }

        private Topology topology() {
            Question question = judgement.question();
            Set<String> attackers = Attempt.adversaries(run);
            List<Topology.Station> machines = run.machines().values().stream()
                    .limit(Topology.MAXIMUM_MACHINES)
                    .map(machine -> station(question, attackers, machine))
                    .toList();
            boolean separate = policy.monitor().type() == MonitorPolicy.Type.PHYSICAL;
            return new Topology(
                    separate,
                    fabric(policy.network()),
                    policy.monitor().consoleSeesNic(),
                    machines,
                    leak.filter(found -> isDrawn(found.from()) && isDrawn(found.seenBy())));
        }

        /** What is neither a machine nor a known vantage has no place in the picture. */
        private boolean isDrawn(String name) {
            return name.equals(HOST)
                    || name.equals(RunReader.UPLINK)
                    || run.machines().keySet().stream()
                            .limit(Topology.MAXIMUM_MACHINES)
                            .anyMatch(name::equals);
        }

        private static Topology.Station station(
                Question question, Set<String> attackers, Machine machine) {
            return new Topology.Station(
                    machine.name(),
                    machine.address().toString(),
                    attackers.contains(machine.name()),
                    question.subject().contains(machine.name()),
                    question.observer().equals(machine.name()));
        }

        private static String fabric(NetworkPolicy network) {
            return switch (network.mode()) {
                case SHARED -> "hub: every frame to every port";
                case SWITCHED ->
                    switch (network.macLearning()) {
                        case LEARN -> "switch that learns addresses";
                        case STATIC -> "switch with configured addresses";
                        case OFF -> "switch that knows no addresses";
                    };
            };
        }
    }
}
