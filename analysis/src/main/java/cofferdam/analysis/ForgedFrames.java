package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Unpadded;
import cofferdam.analysis.evidence.Vantage;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an adversary sent under addresses that are not its own, and where it arrived. */
final class ForgedFrames {

    private final Run run;
    private final Machine adversary;
    private final List<SeenFrame> sent;

    ForgedFrames(Run run, Machine adversary) {
        this.run = run;
        this.adversary = adversary;
        sent = run.readable(adversary).map(Vantage::outbound).orElse(List.of());
    }

    private List<SeenFrame> forged() {
        return sent.stream().filter(frame -> !frame.from(adversary.mac())).toList();
    }

    /** Points at every forged frame elsewhere that its true sender cannot account for. */
    void pointAtArrivals(Pointers arrivals) {
        Map<Unpadded, Long> firstSent = new HashMap<>();
        for (SeenFrame frame : forged()) {
            firstSent.merge(frame.unpadded(), frame.time(), Math::min);
        }
        if (firstSent.isEmpty()) {
            return;
        }
        Map<Unpadded, Integer> honest = honestCopies(firstSent.keySet());
        for (Vantage vantage : elsewhere()) {
            Map<Unpadded, Integer> accounted = new HashMap<>(honest);
            vantage.inbound().forEach(frame -> {
                Unpadded content = frame.unpadded();
                Long first = firstSent.get(content);
                boolean isForged = first != null
                        && first <= frame.time()
                        && accounted.merge(content, -1, Integer::sum) < 0;
                if (isForged) {
                    arrivals.add(vantage, frame, comment(frame, vantage));
                }
            });
        }
    }

    private String comment(SeenFrame frame, Vantage vantage) {
        String claimed = run.machines().values().stream()
                .filter(machine -> frame.from(machine.mac()))
                .map(Machine::name)
                .findFirst()
                .orElse("another station");
        return "%s as %s seen by %s".formatted(adversary.name(), claimed, vantage.name());
    }

    /** How often others sent the same bytes as forged ones. */
    private Map<Unpadded, Integer> honestCopies(Set<Unpadded> contents) {
        Map<Unpadded, Integer> copies = new HashMap<>();
        for (Vantage vantage : elsewhere()) {
            for (SeenFrame frame : vantage.outbound()) {
                Unpadded content = frame.unpadded();
                if (contents.contains(content)) {
                    copies.merge(content, 1, Integer::sum);
                }
            }
        }
        return copies;
    }

    private List<Vantage> elsewhere() {
        return run.allVantages().stream()
                .filter(vantage -> !vantage.name().equals(adversary.name()))
                .toList();
    }

    /** Fails unless it forged a subject's address and was otherwise able to send. */
    void requireControls(Pair subjects) throws MissingEvidenceException {
        run.vantage(adversary.name());
        for (String machine : run.machines().keySet()) {
            run.vantage(machine);
        }
        List<SeenFrame> forged = forged();
        if (forged.stream().noneMatch(frame -> isUnder(subjects, frame))) {
            throw new MissingEvidenceException("%s sent no frame under an address of %s"
                    .formatted(adversary.name(), subjects.names()));
        }
        long dropped = dropped(forged);
        if (dropped < forged.size()) {
            throw new MissingEvidenceException(
                    "%d frames of %s under other addresses were received nowhere, and filters dropped %d"
                            .formatted(forged.size(), adversary.name(), dropped));
        }
        requireHonest("before", Long.MIN_VALUE, forged.getFirst().time());
        requireHonest("after", forged.getLast().time(), Long.MAX_VALUE);
    }

    /** ARP inspection drops the adversary's own lies too; only so many drops can be of forged frames. */
    private long dropped(List<SeenFrame> forged) {
        long forgedArp = forged.stream()
                .filter(frame -> frame.content() instanceof ArpContent)
                .count();
        return Drops.at(run, adversary.name(), Drops.OF_SOURCES)
                + Math.min(forgedArp, Drops.at(run, adversary.name(), Drops.OF_ARP));
    }

    private static boolean isUnder(Pair subjects, SeenFrame frame) {
        return frame.from(subjects.one().mac()) || frame.from(subjects.other().mac());
    }

    private void requireHonest(String when, long from, long to) throws MissingEvidenceException {
        Set<Unpadded> honest = new HashSet<>();
        for (SeenFrame frame : sent) {
            if (frame.from(adversary.mac()) && from <= frame.time() && frame.time() <= to) {
                honest.add(frame.unpadded());
            }
        }
        boolean arrived = elsewhere().stream()
                .flatMap(vantage -> vantage.inbound().stream())
                .filter(frame -> from <= frame.time() && frame.time() <= to)
                .anyMatch(frame -> honest.contains(frame.unpadded()));
        if (!arrived) {
            throw new MissingEvidenceException(
                    "no honest frame of %s is seen to arrive %s its forged ones"
                            .formatted(adversary.name(), when));
        }
    }
}
