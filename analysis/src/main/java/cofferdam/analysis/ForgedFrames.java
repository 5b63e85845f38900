package cofferdam.analysis;

import cofferdam.analysis.evidence.Cables;
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
    private final Forgery forgery;
    private final List<SeenFrame> sent;

    ForgedFrames(Run run, Machine adversary, Forgery forgery) {
        this.run = run;
        this.adversary = adversary;
        this.forgery = forgery;
        sent = run.readable(adversary).map(Vantage::outbound).orElse(List.of());
    }

    private List<SeenFrame> forged() {
        return sent.stream()
                .filter(frame -> forgery.isForged(frame, adversary))
                .toList();
    }

    /** Points at every forged frame elsewhere that its true sender cannot account for. */
    void pointAtArrivals(Pointers arrivals) {
        Map<Object, Long> firstSent = new HashMap<>();
        for (SeenFrame frame : forged()) {
            firstSent.merge(forgery.trace(frame), frame.time(), Math::min);
        }
        if (firstSent.isEmpty()) {
            return;
        }
        Map<Object, Integer> honest = honestCopies(firstSent.keySet());
        for (Vantage vantage : elsewhere()) {
            Map<Object, Integer> accounted = new HashMap<>(honest);
            vantage.inbound().forEach(frame -> {
                Object content = forgery.trace(frame);
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
        return "%s as %s seen by %s"
                .formatted(adversary.name(), forgery.claimed(run, frame), vantage.name());
    }

    /**
     * How often others sent the same as forged ones: who sent it of its own accord, and who passed
     * that on. What was only passed on, as by a router that the forged one reached, excuses nothing.
     */
    private Map<Object, Integer> honestCopies(Set<Object> contents) {
        Map<Object, Integer> copies = new HashMap<>();
        Set<Object> originals = new HashSet<>();
        for (Vantage vantage : elsewhere()) {
            Map<Object, Long> heard = firstHeard(vantage, contents);
            for (SeenFrame frame : vantage.outbound()) {
                Object content = forgery.trace(frame);
                if (contents.contains(content)) {
                    copies.merge(content, 1, Integer::sum);
                    if (frame.time() < heard.getOrDefault(content, Long.MAX_VALUE)) {
                        originals.add(content);
                    }
                }
            }
        }
        copies.keySet().retainAll(originals);
        return copies;
    }

    private Map<Object, Long> firstHeard(Vantage vantage, Set<Object> contents) {
        Map<Object, Long> heard = new HashMap<>();
        for (SeenFrame frame : vantage.inbound()) {
            Object content = forgery.trace(frame);
            if (contents.contains(content)) {
                heard.merge(content, frame.time(), Math::min);
            }
        }
        return heard;
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
        Cables cables = new Cables(run, adversary.name());
        List<SeenFrame> forged = forged().stream()
                .filter(frame -> cables.connectedAt(frame.time()))
                .toList();
        if (forged.stream().noneMatch(frame -> forgery.isAbout(frame, subjects, adversary))) {
            throw new MissingEvidenceException(
                    "%s sent %s".formatted(adversary.name(), forgery.missing(subjects)));
        }
        requireHonest("before", Long.MIN_VALUE, forged.getFirst().time());
        requireHonest("after", forged.getLast().time(), Long.MAX_VALUE);
        long dropped = new Crossings(run).dropped(adversary, forged, forgery.filters(adversary));
        if (dropped < forged.size()) {
            throw new MissingEvidenceException(
                    "%d frames of %s under other addresses were received nowhere, and filters dropped %d"
                            .formatted(forged.size(), adversary.name(), dropped));
        }
    }

    private void requireHonest(String when, long from, long to) throws MissingEvidenceException {
        Set<Unpadded> honest = new HashSet<>();
        for (SeenFrame frame : sent) {
            if (isHonest(frame) && from <= frame.time() && frame.time() <= to) {
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

    private boolean isHonest(SeenFrame frame) {
        return frame.from(adversary.mac()) && !forgery.isForged(frame, adversary);
    }
}
