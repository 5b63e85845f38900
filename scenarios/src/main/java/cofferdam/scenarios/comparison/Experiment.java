package cofferdam.scenarios.comparison;

import java.util.List;

/** How trials are run. The outcome of a trial depends on the trial alone. */
@FunctionalInterface
public interface Experiment {

    /** Runs these trials, side by side if it likes; the outcomes are in the trials' order. */
    List<Outcome> outcomes(List<Trial> trials);
}
