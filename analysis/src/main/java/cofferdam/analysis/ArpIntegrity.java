package cofferdam.analysis;

import cofferdam.analysis.evidence.ArpContent;
import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Ipv4Content;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;
import cofferdam.monitor.evidence.Event;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether the subjects' ARP caches stay true about each other. */
final class ArpIntegrity implements Checker {

    private static final Set<String> ATTACKS = Set.of("arp-poisoning", "arp-spoofing");

    private static final Property PROPERTY = new Property(
            "arp-integrity",
            2,
            "do the subjects' ARP caches hold each other's true address?",
            false,
            "the run completed; the subjects had each other's true address; during the attack they"
                    + " talked, as both their captures show; the attack acted");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Pair subjects = Pair.of(run, question.subject());
        Pointers causes = new Pointers();
        int unproven = 0;
        for (Pair direction : subjects.directions()) {
            for (Event.NeighbourChanged change : falseEntries(run, direction)) {
                unproven += pointAtCause(run, direction, change, causes) ? 0 : 1;
            }
        }
        if (causes.count() > 0) {
            return Judgement.violated(question, violation(causes, subjects), causes);
        }
        if (unproven > 0) {
            throw new MissingEvidenceException(
                    "%d false entries are recorded, but no ARP message that made them is captured"
                            .formatted(unproven));
        }
        boolean attacked =
                Attempt.of(run).stream().anyMatch(attempt -> ATTACKS.contains(attempt.attack()));
        if (!attacked) {
            throw new MissingEvidenceException("nobody attacked by arp-poisoning or arp-spoofing");
        }
        new Controls(run, subjects, Optional.empty()).require();
        for (Pair direction : subjects.directions()) {
            requireTrueEntry(run, direction);
            requireTrueDestinations(run, direction);
        }
        return Judgement.upheld(
                question, "%s kept each other's true addresses".formatted(subjects.names()));
    }

    private static String violation(Pointers causes, Pair subjects) {
        return "ARP messages made %d false entries in the caches of %s"
                .formatted(causes.count(), subjects.names());
    }

    private static List<Event.NeighbourChanged> entries(Run run, Pair direction) {
        return run.events(Event.NeighbourChanged.class).stream()
                .filter(change -> change.actor().equals(direction.one().name())
                        && change.subject().equals(direction.other().address()))
                .toList();
    }

    private static List<Event.NeighbourChanged> falseEntries(Run run, Pair direction) {
        return entries(run, direction).stream()
                .filter(change -> !change.outcome().equals(direction.other().mac()))
                .toList();
    }

    private static boolean pointAtCause(
            Run run, Pair direction, Event.NeighbourChanged change, Pointers causes) {
        Optional<Vantage> vantage = run.readable(direction.one());
        Optional<SeenFrame> cause = vantage.stream()
                .flatMap(seen -> seen.inbound().stream())
                .filter(frame -> frame.time() <= change.time() && isCause(frame, change))
                .reduce((first, second) -> second);
        String comment = "%s takes %s for %s"
                .formatted(
                        direction.one().name(),
                        change.outcome(),
                        direction.other().name());
        cause.ifPresent(frame -> causes.add(vantage.orElseThrow(), frame, comment));
        return cause.isPresent();
    }

    private static boolean isCause(SeenFrame frame, Event.NeighbourChanged change) {
        return frame.content() instanceof ArpContent arp
                && arp.senderProtocol().equals(change.subject())
                && arp.senderHardware().equals(change.outcome());
    }

    private static void requireTrueEntry(Run run, Pair direction) throws MissingEvidenceException {
        if (entries(run, direction).isEmpty()) {
            throw new MissingEvidenceException("%s never had the address of %s"
                    .formatted(direction.one().name(), direction.other().name()));
        }
    }

    /** What a machine sends shows its cache as it is, whatever the events say. */
    private static void requireTrueDestinations(Run run, Pair direction)
            throws MissingEvidenceException {
        Machine to = direction.other();
        long astray = run.vantage(direction.one().name()).outbound().stream()
                .filter(frame -> frame.content() instanceof Ipv4Content packet
                        && packet.goes(direction.one().address(), to.address())
                        && !frame.to(to.mac()))
                .count();
        if (astray > 0) {
            throw new MissingEvidenceException(
                    "%s sent %d packets for %s to another hardware address, though no event says why"
                            .formatted(direction.one().name(), astray, to.name()));
        }
    }
}
