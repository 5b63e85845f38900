package cofferdam.scenarios.comparison;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.evidence.Event;
import cofferdam.scenarios.ScenarioRunner;

import java.util.List;

/**
 * What came of a trial. Its evidence is given up.
 *
 * @param judgements one for each property of the scenario, in its order, without pointers into the
 *     evidence
 * @param silent whether nobody sent a frame or did anything with an interface or a cable
 */
public record Outcome(List<Judgement> judgements, Traffic traffic, boolean silent) {

    public Outcome {
        judgements = List.copyOf(judgements);
    }

    /** Of a finished run. */
    public static Outcome of(ScenarioRunner.Judged run) {
        List<Judgement> judgements = run.judgements().stream()
                .map(judgement -> new Judgement(
                        judgement.question(),
                        judgement.verdict(),
                        judgement.reason(),
                        List.of(),
                        judgement.figures()))
                .toList();
        boolean untouched = run.events().stream().noneMatch(Outcome::touchesNetwork);
        return new Outcome(judgements, Traffic.of(run.events()), run.silent() && untouched);
    }

    private static boolean touchesNetwork(Event event) {
        return event instanceof Event.CableChanged
                || event instanceof Event.PromiscuousChanged
                || event instanceof Event.AddressChanged
                || event instanceof Event.FlowStarted
                || event instanceof Event.FramesDropped;
    }

    /** The verdict of a property, by its place among the scenario's. */
    public Verdict verdict(int property) {
        return judgements.get(property).verdict();
    }
}
