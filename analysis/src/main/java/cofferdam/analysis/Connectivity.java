package cofferdam.analysis;

import cofferdam.analysis.evidence.Deliveries;
import cofferdam.analysis.evidence.Flow;
import cofferdam.analysis.evidence.MissingEvidenceException;
import cofferdam.analysis.evidence.PacketContent;
import cofferdam.analysis.evidence.Pair;
import cofferdam.analysis.evidence.Run;
import cofferdam.analysis.evidence.SeenFrame;
import cofferdam.analysis.evidence.Vantage;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.evidence.FlowOutcome;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether legitimate traffic between the subjects got through. */
final class Connectivity implements Checker {

    static final String ID = "connectivity";

    private static final Property PROPERTY = new Property(
            ID,
            2,
            "does every exchange between the subjects succeed?",
            false,
            "the run completed; there were exchanges, and both subjects' captures show them");

    /** Failed exchanges that a reason names. */
    private static final int NAMED = 3;

    @Override
    public Property property() {
        return PROPERTY;
    }

    @Override
    public Judgement judge(Run run, Question question) throws MissingEvidenceException {
        Pair subjects = Pair.of(run, question.subject());
        List<Flow> flows = subjects.flows(run);
        List<Flow> failed = flows.stream()
                .filter(flow -> !flow.completed() && end(run, flow).isEmpty())
                .toList();
        if (!failed.isEmpty()) {
            return Judgement.violated(
                    question, violation(failed, flows, subjects), frames(run, failed));
        }
        run.requireCompleted();
        requireLiving(run, flows);
        requireKnown(run, subjects);
        if (flows.isEmpty()) {
            throw new MissingEvidenceException(
                    "there was no exchange between %s".formatted(subjects.names()));
        }
        requireEnded(run, subjects, flows);
        for (Flow flow : flows) {
            boolean seen = flow.kind() == FlowKind.LEASE
                    ? Deliveries.leased(run, flow)
                    : Deliveries.bothWays(run, flow);
            if (!seen) {
                throw new MissingEvidenceException(
                        "exchange %s is not in both captures of %s in both directions"
                                .formatted(flow.id(), subjects.names()));
            }
        }
        return Judgement.upheld(
                question,
                "all %d exchanges between %s succeeded".formatted(flows.size(), subjects.names()));
    }

    /** What a machine could not say or hear since it had ended tells nothing of the network. */
    private static void requireLiving(Run run, List<Flow> flows) throws MissingEvidenceException {
        for (Flow flow : flows) {
            Optional<Event.MachineEnded> end = end(run, flow);
            if (!flow.completed() && end.isPresent()) {
                throw new MissingEvidenceException(
                        "exchange %s failed, but %s had come to an end: %s"
                                .formatted(
                                        flow.id(), end.get().actor(), end.get().detail()));
            }
        }
    }

    /** The end of one of the two whose exchange it is, before or during it. */
    private static Optional<Event.MachineEnded> end(Run run, Flow flow) {
        return run.events(Event.MachineEnded.class).stream()
                .filter(end -> flow.involves(end.actor()) && end.time() <= flow.finished())
                .filter(end -> run.events(Event.PowerChanged.class).stream()
                        .noneMatch(change -> change.actor().equals(end.actor())
                                && change.time() > end.time()
                                && change.time() <= flow.started()))
                .findFirst();
    }

    private static String violation(List<Flow> failed, List<Flow> flows, Pair subjects) {
        String named = failed.stream()
                .limit(NAMED)
                .map(flow -> "%s from %s"
                        .formatted(flow.kind().name().toLowerCase(Locale.ROOT), flow.from()))
                .collect(Collectors.joining(", "));
        return "%d of %d exchanges between %s failed: %s%s"
                .formatted(
                        failed.size(),
                        flows.size(),
                        subjects.names(),
                        named,
                        failed.size() > NAMED ? " and others" : "");
    }

    private static void requireKnown(Run run, Pair subjects) throws MissingEvidenceException {
        for (Event.FlowFinished end : run.events(Event.FlowFinished.class)) {
            if (end.outcome() == FlowOutcome.UNKNOWN
                    && subjects.areThese(end.actor(), end.subject())) {
                throw new MissingEvidenceException("nobody knows how exchange %s ended: %s"
                        .formatted(end.flow(), end.detail()));
            }
        }
    }

    private static void requireEnded(Run run, Pair subjects, List<Flow> flows)
            throws MissingEvidenceException {
        Set<String> ended = flows.stream().map(Flow::id).collect(Collectors.toSet());
        for (Event.FlowStarted start : run.events(Event.FlowStarted.class)) {
            boolean ours = subjects.areThese(start.actor(), start.subject());
            if (ours && !ended.contains(start.flow().value())) {
                throw new MissingEvidenceException(
                        "exchange %s has no recorded end".formatted(start.flow()));
            }
        }
    }

    /** What those who began the failed exchanges sent, where the captures have it. */
    private static Pointers frames(Run run, List<Flow> failed) throws MissingEvidenceException {
        Pointers frames = new Pointers();
        for (Flow flow : failed) {
            Vantage vantage = run.readable(run.machine(flow.from())).orElse(null);
            if (vantage == null) {
                continue;
            }
            String comment = "%s -> %s failed".formatted(flow.from(), flow.to());
            vantage.outbound().stream()
                    .filter(frame -> isOf(flow, frame))
                    .forEach(frame -> frames.add(vantage, frame, comment));
        }
        return frames;
    }

    private static boolean isOf(Flow flow, SeenFrame frame) {
        return flow.lasts(frame.time())
                && frame.content() instanceof PacketContent packet
                && packet.contains(flow.text());
    }
}
