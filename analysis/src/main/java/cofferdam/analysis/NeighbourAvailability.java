package cofferdam.analysis;

import cofferdam.analysis.evidence.Attempt;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.Run;
import cofferdam.monitor.evidence.Event;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether a machine goes on computing while its neighbour uses up all memory it can get. */
final class NeighbourAvailability implements Checker {

    private static final Property PROPERTY = new Property(
            "neighbour-availability",
            1,
            "does the machine go on computing, in time and rightly, while its neighbour uses up memory?",
            false,
            "the run completed; the machine's heartbeats go from before the attack until after it;"
                    + " the neighbour itself saw its memory and its swap full; a secret that the machine"
                    + " kept in its memory was still there afterwards");

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        String machine = run.machine(question.subject().getFirst()).name();
        if (Attempt.adversaries(run).contains(machine)) {
            throw new MissingEvidenceException(
                    "%s attacked, and is no mere neighbour".formatted(machine));
        }
        for (Event.AttackStarted start : run.events(Event.AttackStarted.class)) {
            requireLeak(start.subject());
        }
        Endurance endurance = new Endurance(run, machine);
        KeptSecret secret = new KeptSecret(run, machine);
        long since = firstAttack(run);
        Optional<Endurance.Harm> harm =
                endurance.harmSince(since).or(() -> secret.harmSince(since));
        if (harm.isPresent()) {
            return Judgement.violated(
                    question,
                    harm.get().reason(),
                    List.of(EventReference.of(run, harm.get().events())));
        }
        run.requireCompleted();
        List<Attempt> attempts = Attempt.of(run);
        for (Attempt attempt : attempts) {
            new Exhaustion(run, attempt).require();
            endurance.requireThroughout(attempt);
            secret.requireRecalledAfter(attempt);
        }
        return upheld(question, endurance, attempts);
    }

    /** What another attack does to the machine is no work of a neighbour that uses up memory. */
    private static void requireLeak(String attack) throws MissingEvidenceException {
        if (!attack.equals(Exhaustion.ATTACK)) {
            throw new MissingEvidenceException(
                    "whether '%s' was at work cannot be told from memory".formatted(attack));
        }
    }

    private static long firstAttack(Run run) throws MissingEvidenceException {
        return run.events(Event.AttackStarted.class).stream()
                .mapToLong(Event.AttackStarted::time)
                .min()
                .orElseThrow(() -> new MissingEvidenceException("no attack was started"));
    }

    private static Judgement upheld(
            Question question, Endurance endurance, List<Attempt> attempts) {
        long beats = 0;
        Duration worst = Duration.ZERO;
        for (Attempt attempt : attempts) {
            long from = attempt.started();
            long until = attempt.stopped();
            beats += endurance.heartbeats().between(from, until).size();
            Duration late = endurance.heartbeats().worstLateness(from, until);
            worst = late.compareTo(worst) > 0 ? late : worst;
        }
        long micros = worst.toNanos() / 1000;
        return Judgement.upheld(
                        question,
                        "all %d heartbeats during the attack came, rightly computed and at most %d us late"
                                .formatted(beats, micros))
                .with(List.of(
                        new Figure("heartbeats", Long.toString(beats), ""),
                        new Figure("worst-lateness", Long.toString(micros), "us")));
    }
}
