package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.scenarios.ScenarioRunner;
import cofferdam.scenarios.comparison.Experiment;
import cofferdam.scenarios.comparison.Outcome;
import cofferdam.scenarios.comparison.Trial;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs trials side by side. Evidence is judged and given up at once; nothing is written. */
final class ParallelTrials implements Experiment, AutoCloseable {

    private final Monitor monitor;
    private final long seed;
    private final ExecutorService workers;
    private final Progress progress;

    /** @param threads how many run at a time */
    ParallelTrials(Monitor monitor, long seed, int threads, boolean showProgress) {
        this.monitor = monitor;
        this.seed = seed;
        workers = Executors.newFixedThreadPool(threads);
        progress = Progress.ofRuns(showProgress, 0);
    }

    @Override
    public List<Outcome> outcomes(List<Trial> trials) {
        progress.advance(0, trials.size());
        List<Future<Outcome>> started = new ArrayList<>();
        trials.forEach(trial -> started.add(workers.submit(() -> outcome(trial))));
        return started.stream().map(ParallelTrials::result).toList();
    }

    private Outcome outcome(Trial trial) {
        Outcome outcome =
                Outcome.of(ScenarioRunner.judge(trial.scenario(), trial.policy(), monitor, seed));
        progress.step();
        return outcome;
    }

    private static Outcome result(Future<Outcome> run) {
        try {
            return run.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "a run failed: %s".formatted(failed.getCause()), failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            CancellationException cancelled =
                    new CancellationException("the comparison was stopped");
            cancelled.initCause(interrupted);
            throw cancelled;
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
        progress.close();
    }
}
