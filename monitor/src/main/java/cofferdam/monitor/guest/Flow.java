package cofferdam.monitor.guest;

import cofferdam.monitor.Timeline;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.evidence.FlowOutcome;

import java.util.function.Consumer;

/** The record of one legitimate exchange: that it began, and once, how it ended. */
public final class Flow {

    private final Timeline timeline;
    private final Consumer<Event> events;
    private final String actor;
    private final String subject;
    private final FlowKind kind;
    private final FlowId id;
    private boolean finished;

    /**
     * One that has not begun.
     *
     * @param actor whose exchange it is
     * @param subject with whom
     */
    public Flow(
            Timeline timeline,
            Consumer<Event> events,
            String actor,
            String subject,
            FlowKind kind,
            FlowId id) {
        this.timeline = timeline;
        this.events = events;
        this.actor = actor;
        this.subject = subject;
        this.kind = kind;
        this.id = id;
    }

    /** By what its bytes are recognised. */
    public FlowId id() {
        return id;
    }

    /** Whether its end has been recorded. */
    public boolean finished() {
        return finished;
    }

    /** Records that it begins. */
    public void start() {
        events.accept(new Event.FlowStarted(timeline.now(), actor, subject, kind, id));
    }

    /**
     * Records the end, unless it has been recorded.
     *
     * @param sent messages or commands
     * @param answered of those
     * @param problem what went wrong; empty if nothing did
     */
    public void finish(int sent, int answered, String problem) {
        end(
                problem.isEmpty() ? FlowOutcome.COMPLETED : FlowOutcome.FAILED,
                sent,
                answered,
                problem);
    }

    /**
     * Records that nobody will know how it ended, unless its end has been recorded.
     *
     * @param problem why
     */
    public void lose(String problem) {
        end(FlowOutcome.UNKNOWN, 0, 0, problem);
    }

    private void end(FlowOutcome outcome, int sent, int answered, String problem) {
        if (finished) {
            return;
        }
        finished = true;
        events.accept(new Event.FlowFinished(
                timeline.now(), actor, subject, outcome, kind, id, sent, answered, problem));
    }
}
