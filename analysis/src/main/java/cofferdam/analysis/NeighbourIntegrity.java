package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.PacketContent;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;

import java.util.List;
import java.util.Optional;

/**
 * Whether the subjects' caches of hardware addresses stay true about each other.
 *
 * @param messages what makes entries, in words
 * @param attacks those that try it; one of them must have been under way
 */
record NeighbourIntegrity(
        Property property, Resolution resolution, String messages, List<String> attacks)
        implements Checker {

    private static final String CONTROL =
            "the run completed; the subjects had each other's true address; during the attack they"
                    + " talked, as both their captures show; the attack acted";

    NeighbourIntegrity {
        attacks = List.copyOf(attacks);
    }

    /** Of ARP caches. */
    static NeighbourIntegrity ofArp() {
        return new NeighbourIntegrity(
                new Property(
                        "arp-integrity",
                        2,
                        "do the subjects' ARP caches hold each other's true address?",
                        false,
                        CONTROL),
                Resolution.ARP,
                "ARP messages",
                List.of("arp-poisoning", "arp-spoofing"));
    }

    /** Of IPv6 neighbour caches. */
    static NeighbourIntegrity ofNeighbourDiscovery() {
        return new NeighbourIntegrity(
                new Property(
                        "nd-integrity",
                        2,
                        "do the subjects' IPv6 neighbour caches hold each other's true address?",
                        false,
                        CONTROL),
                Resolution.NEIGHBOUR_DISCOVERY,
                "messages of neighbour discovery",
                List.of("nd-spoofing"));
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Pair subjects = Pair.of(run, question.subject());
        Pointers causes = new Pointers();
        int unproven = 0;
        for (Pair direction : subjects.directions()) {
            for (CacheEntry entry : falseEntries(run, direction)) {
                unproven += pointAtCause(run, direction, entry, causes) ? 0 : 1;
            }
        }
        if (causes.count() > 0) {
            return Judgement.violated(
                    question,
                    "%s made %d false entries in the caches of %s"
                            .formatted(messages, causes.count(), subjects.names()),
                    causes);
        }
        if (unproven > 0) {
            throw new MissingEvidenceException(
                    "%d false entries are recorded, but no message that made them is captured"
                            .formatted(unproven));
        }
        requireControls(run, subjects);
        return Judgement.upheld(
                question, "%s kept each other's true addresses".formatted(subjects.names()));
    }

    private List<CacheEntry> falseEntries(Run run, Pair direction) {
        return resolution.entries(run, direction).stream()
                .filter(entry -> !entry.hardware().equals(direction.other().mac()))
                .toList();
    }

    private static boolean pointAtCause(
            Run run, Pair direction, CacheEntry entry, Pointers causes) {
        Optional<Vantage> vantage = run.readable(direction.one());
        Optional<SeenFrame> cause = vantage.stream()
                .flatMap(seen -> seen.inbound().stream())
                .filter(frame -> frame.time() <= entry.time() && entry.cause().test(frame))
                .reduce((first, second) -> second);
        String comment = "%s takes %s for %s"
                .formatted(
                        direction.one().name(),
                        entry.hardware(),
                        direction.other().name());
        cause.ifPresent(frame -> causes.add(vantage.orElseThrow(), frame, comment));
        return cause.isPresent();
    }

    private void requireControls(Run run, Pair subjects) throws MissingEvidenceException {
        boolean attacked =
                Attempt.of(run).stream().anyMatch(attempt -> attacks.contains(attempt.attack()));
        if (!attacked) {
            throw new MissingEvidenceException(
                    "nobody attacked by %s".formatted(String.join(" or ", attacks)));
        }
        new Controls(run, subjects, Optional.empty()).require();
        for (Pair direction : subjects.directions()) {
            requireTrueEntry(run, direction);
            requireTrueDestinations(run, direction);
            for (Attempt attempt : Attempt.of(run)) {
                requireTalk(run, attempt, direction);
                resolution.requireWatched(run, direction.one(), attempt);
            }
        }
    }

    private void requireTrueEntry(Run run, Pair direction) throws MissingEvidenceException {
        if (resolution.entries(run, direction).isEmpty()) {
            throw new MissingEvidenceException("%s never had the address of %s"
                    .formatted(direction.one().name(), direction.other().name()));
        }
    }

    /** What a machine sends shows its cache as it is, whatever the events say. */
    private void requireTrueDestinations(Run run, Pair direction) throws MissingEvidenceException {
        Machine to = direction.other();
        long astray = run.vantage(direction.one().name()).outbound().stream()
                .filter(frame -> resolution.isPacket(frame, direction) && !frame.to(to.mac()))
                .count();
        if (astray > 0) {
            throw new MissingEvidenceException(
                    "%s sent %d packets for %s to another hardware address, though no event says why"
                            .formatted(direction.one().name(), astray, to.name()));
        }
    }

    /** A cache that nobody used while it was attacked may be false without anybody's noticing. */
    private void requireTalk(Run run, Attempt attempt, Pair direction)
            throws MissingEvidenceException {
        List<SeenFrame> sent = run.vantage(direction.one().name()).outbound();
        for (Flow flow : direction.flows(run)) {
            boolean during = flow.completed()
                    && flow.started() >= attempt.started()
                    && flow.finished() <= attempt.stopped();
            if (during && sent.stream().anyMatch(frame -> isOf(frame, flow, direction))) {
                return;
            }
        }
        throw new MissingEvidenceException("%s said nothing to %s by the protocol that was attacked"
                .formatted(direction.one().name(), direction.other().name()));
    }

    private boolean isOf(SeenFrame frame, Flow flow, Pair direction) {
        return flow.lasts(frame.time())
                && resolution.isPacket(frame, direction)
                && frame.content() instanceof PacketContent packet
                && packet.contains(flow.text());
    }
}
