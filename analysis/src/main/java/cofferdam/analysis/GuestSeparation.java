package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;
import java.util.Optional;

/** Whether two guests can reach each other over the link at all. */
final class GuestSeparation implements Checker {

    private static final Property PROPERTY = new Property(
            "guest-separation",
            1,
            "can another guest reach the subject over the link?",
            true,
            "the run completed; while the observer sent frames to the subject's own address and to"
                    + " everybody, the subject was connected and talked with a third machine, before"
                    + " these frames and after, and the observer did; filters account for every frame"
                    + " that arrived nowhere");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Machine subject = run.machine(question.subject().getFirst());
        Machine observer = run.machine(question.observer());
        if (subject.equals(observer)) {
            throw new MissingEvidenceException(
                    "the observer %s is the subject".formatted(observer.name()));
        }
        Crossings crossings = new Crossings(run);
        Pointers contacts = new Pointers();
        crossings.point(observer, subject, contacts);
        crossings.point(subject, observer, contacts);
        if (contacts.count() > 0) {
            return Judgement.violated(
                    question,
                    "%d frames passed between %s and %s"
                            .formatted(contacts.count(), observer.name(), subject.name()),
                    contacts);
        }
        new Controls(run, talkers(run, subject, observer), Optional.of(observer)).require();
        requireContact(run, crossings, observer, subject);
        return Judgement.upheld(
                question,
                "no frame passed between %s and %s".formatted(observer.name(), subject.name()));
    }

    /** The subject and somebody else with whom it talks, which shows that it receives. */
    private static Pair talkers(Run run, Machine subject, Machine observer)
            throws MissingEvidenceException {
        for (Flow flow : run.flows()) {
            if (flow.involves(subject.name()) && !flow.involves(observer.name())) {
                return new Pair(subject, run.machine(flow.peerOf(subject.name())));
            }
        }
        throw new MissingEvidenceException(
                "%s talked with nobody but %s".formatted(subject.name(), observer.name()));
    }

    private static void requireContact(
            Run run, Crossings crossings, Machine observer, Machine subject)
            throws MissingEvidenceException {
        List<SeenFrame> tried = during(run, crossings.sentBy(observer));
        requireTried(run, tried, observer, subject);
        List<SeenFrame> lost = crossings.vanished(observer, tried);
        long explained = crossings.dropped(observer, lost, Drops.ALL)
                + Drops.at(run, subject.name(), Drops.OF_ISOLATION);
        if (explained < lost.size()) {
            throw new MissingEvidenceException(
                    "%d frames of %s were received nowhere, and filters dropped %d"
                            .formatted(lost.size(), observer.name(), explained));
        }
    }

    /** What was sent while the subject was away could not have reached it anyway. */
    private static void requireTried(
            Run run, List<SeenFrame> tried, Machine observer, Machine subject)
            throws MissingEvidenceException {
        Presence presence = new Presence(run, subject);
        boolean aimed = tried.stream()
                .anyMatch(frame -> frame.to(subject.mac()) && presence.isShownAt(frame.time()));
        boolean scattered = tried.stream()
                .anyMatch(frame -> frame.isToGroup() && presence.isShownAt(frame.time()));
        if (!aimed || !scattered) {
            throw new MissingEvidenceException(
                    "%s did not send to %s and to everybody during its attack while %s was shown to receive"
                            .formatted(observer.name(), subject.name(), subject.name()));
        }
    }

    private static List<SeenFrame> during(Run run, List<SeenFrame> frames)
            throws MissingEvidenceException {
        List<Attempt> attempts = Attempt.of(run);
        return frames.stream()
                .filter(frame -> attempts.stream()
                        .anyMatch(attempt -> attempt.started() <= frame.time()
                                && frame.time() <= attempt.stopped()))
                .toList();
    }
}
