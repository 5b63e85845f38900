package cofferdam.analysis;

import cofferdam.analysis.evidence.Drops;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Networks;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;

import java.util.List;
import java.util.Optional;

/** Whether frames pass between the observer's virtual LAN and others. */
final class NetworkSeparation implements Checker {

    private static final Property PROPERTY = new Property(
            "network-separation",
            2,
            "do frames pass between the observer's virtual LAN and the subjects'?",
            true,
            "the run completed; the subjects are in another virtual LAN than the observer and talked"
                    + " during the attack, as both their captures show; the observer received traffic"
                    + " of its own before and after; it tagged frames with the subjects' LAN while"
                    + " they were there, and these arrived in its own or filters account for them");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Pair subjects = Pair.of(run, question.subject());
        Machine observer = run.machine(question.observer());
        Networks networks = Networks.of(run);
        requireApart(networks, observer, subjects.one());
        requireApart(networks, observer, subjects.other());
        Crossings crossings = new Crossings(run);
        Pointers passed = new Pointers();
        for (Machine machine : run.machines().values()) {
            if (networks.areApart(observer, machine)) {
                crossings.point(observer, machine, passed);
                crossings.point(machine, observer, passed);
            }
        }
        if (passed.count() > 0) {
            return Judgement.violated(
                    question,
                    "%d frames passed between the virtual LAN of %s and others"
                            .formatted(passed.count(), observer.name()),
                    passed);
        }
        new Controls(run, subjects, Optional.of(observer)).require();
        for (Machine subject : List.of(subjects.one(), subjects.other())) {
            requireTried(new Presence(run, subject), networks, crossings.sentBy(observer), subject);
        }
        requireAccounted(crossings, observer);
        return Judgement.upheld(
                question,
                "no frame passed between the virtual LANs of %s and of %s"
                        .formatted(observer.name(), subjects.names()));
    }

    private static void requireApart(Networks networks, Machine observer, Machine subject)
            throws MissingEvidenceException {
        if (!networks.areApart(observer, subject)) {
            throw new MissingEvidenceException("%s and %s are not in different virtual LANs"
                    .formatted(observer.name(), subject.name()));
        }
    }

    /** What was sent while a subject was away, or into another LAN, could not have reached it anyway. */
    private static void requireTried(
            Presence presence, Networks networks, List<SeenFrame> sent, Machine subject)
            throws MissingEvidenceException {
        boolean tried = sent.stream()
                .filter(frame -> networks.isNamed(frame, subject))
                .filter(frame -> frame.to(subject.mac()) || frame.isToGroup())
                .anyMatch(frame -> presence.isShownAt(frame.time()));
        if (!tried) {
            throw new MissingEvidenceException(
                    "nothing was sent into the virtual LAN of %s while %s was shown to receive"
                            .formatted(subject.name(), subject.name()));
        }
    }

    private static void requireAccounted(Crossings crossings, Machine observer)
            throws MissingEvidenceException {
        List<SeenFrame> tagged =
                crossings.sentBy(observer).stream().filter(SeenFrame::isTagged).toList();
        List<SeenFrame> lost = crossings.vanished(observer, tagged);
        long explained = crossings.dropped(observer, lost, Drops.ALL);
        if (explained < lost.size()) {
            throw new MissingEvidenceException(
                    "%d tagged frames of %s were received nowhere, and filters dropped %d"
                            .formatted(lost.size(), observer.name(), explained));
        }
    }
}
