package cofferdam.scenarios;

import cofferdam.monitor.evidence.RunOutcome;

/** A scenario cannot go on, for this reason. */
final class EndedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RunOutcome outcome;

    EndedException(RunOutcome outcome, String reason) {
        super(reason);
        this.outcome = outcome;
    }

    RunOutcome outcome() {
        return outcome;
    }
}
