package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.Machine;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;

import java.util.LinkedHashSet;
import java.util.Set;

/** Whether an adversary's frames under others' addresses get past its own port. */
final class MacAuthenticity implements Checker {

    private static final Property PROPERTY = new Property(
            "mac-authenticity",
            2,
            "does a machine's frame under another's hardware address get past its port?",
            false,
            "the run completed; the adversary sent frames under a subject's address; before the first"
                    + " and after the last of them its honest frames arrived elsewhere");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Pair subjects = Pair.of(run, question.subject());
        Set<Machine> adversaries = new LinkedHashSet<>();
        for (String name : Attempt.adversaries(run)) {
            adversaries.add(run.machine(name));
        }
        Pointers arrivals = new Pointers();
        for (Machine adversary : adversaries) {
            new ForgedFrames(run, adversary).pointAtArrivals(arrivals);
        }
        if (arrivals.count() > 0) {
            return Judgement.violated(
                    question,
                    "%d frames under another's hardware address were received elsewhere"
                            .formatted(arrivals.count()),
                    arrivals);
        }
        Attempt.of(run);
        run.requireCompleted();
        for (Machine adversary : adversaries) {
            new ForgedFrames(run, adversary).requireControls(subjects);
        }
        return Judgement.upheld(
                question, "no frame under another's hardware address was received elsewhere");
    }
}
