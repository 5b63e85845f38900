package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a machine goes on computing while another one's operating system is destroyed. */
final class CrashContainment implements Checker {

    private static final Property PROPERTY = new Property(
            "crash-containment",
            1,
            "does the machine go on computing while another one's system is destroyed?",
            false,
            "the run completed; the other machine beat until it was sabotaged, and for at least five"
                    + " seconds before the end of the attack no more; the machine's own heartbeats go"
                    + " from before the attack until after it");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String machine = run.machine(question.subject().getFirst()).name();
        List<Sabotages> attacks = new ArrayList<>();
        for (Event.AttackStarted start : run.events(Event.AttackStarted.class)) {
            Sabotages sabotages = new Sabotages(run, start);
            sabotages.requireSpared(machine);
            attacks.add(sabotages);
        }
        if (attacks.isEmpty()) {
            throw new MissingEvidenceException("no attack was started");
        }
        Endurance endurance = new Endurance(run, machine);
        Optional<Endurance.Harm> harm =
                endurance.harmSince(attacks.getFirst().start().time());
        if (harm.isPresent()) {
            return Judgement.violated(
                    question,
                    harm.get().reason(),
                    List.of(EventReference.of(run, harm.get().events())));
        }
        run.requireCompleted();
        return answer(run, question, endurance, attacks);
    }

    private static Judgement answer(
            Run run, Question question, Endurance endurance, List<Sabotages> attacks)
            throws MissingEvidenceException {
        List<Attempt> attempts = Attempt.of(run);
        List<String> ends = new ArrayList<>();
        List<String> unreachable = new ArrayList<>();
        for (int i = 0; i < attempts.size(); i++) {
            Attempt attempt = attempts.get(i);
            endurance.requireThroughout(attempt);
            Optional<String> reason = attacks.get(i).unreachable(attempt);
            if (reason.isPresent()) {
                unreachable.add(reason.get());
            } else {
                ends.addAll(attacks.get(i).requireDeaths(attempt));
            }
        }
        if (ends.isEmpty()) {
            String reason = String.join("; ", unreachable);
            return new Judgement(question, Verdict.NOT_APPLICABLE, reason, List.of());
        }
        int beats = attempts.stream()
                .mapToInt(attempt -> endurance
                        .heartbeats()
                        .between(attempt.started(), attempt.stopped())
                        .size())
                .sum();
        return Judgement.upheld(
                        question,
                        "%s; all %d heartbeats during the attack came, rightly computed and in time"
                                .formatted(String.join("; ", ends), beats))
                .with(List.of(new Figure("heartbeats", Integer.toString(beats), "")));
    }
}
