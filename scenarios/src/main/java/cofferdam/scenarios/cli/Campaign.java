package cofferdam.scenarios.cli;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.policy.Acceptance;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Expectations;
import cofferdam.scenarios.ExpectedVerdict;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.ScenarioRunner;
import cofferdam.scenarios.bundle.Bundle;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.bundle.BundleWriter;
import cofferdam.scenarios.export.JunitReport;
import cofferdam.scenarios.result.Acceptances;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.signature.SigningKey;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Every scenario under every policy on every monitor, as one bundle. Runs go side by side; results are in the order of
 * the arguments all the same.
 *
 * @param jobs how many runs go on at once, from 1
 */
record Campaign(
        List<Scenario> scenarios,
        List<Policy> policies,
        List<Monitor> monitors,
        long seed,
        int jobs,
        Optional<Expectations> expectation) {

    /** Is told of every run as it ends, from several threads. */
    @FunctionalInterface
    interface Witness {
        void ended(RunResult run, ScenarioRunner.Finished finished);
    }

    /** Where the files of runs go. */
    @FunctionalInterface
    private interface Place {
        void add(String path, byte[] content) throws BundleException;
    }

    /**
     * Runs everything and writes the bundle.
     *
     * @param version the program's, for the bundle
     * @param key who signs the bundle, if anybody does
     * @throws BundleException if the bundle cannot be written there; whatever was there is
     *     untouched
     */
    List<RunResult> run(
            Path out,
            String version,
            Optional<SigningKey> key,
            boolean showProgress,
            Witness witness)
            throws BundleException, InterruptedException {
        try (BundleWriter bundle = BundleWriter.create(out, version, key)) {
            List<RunResult> runs = all(bundle::add, showProgress, witness);
            bundle.add(Bundle.SUMMARY, ResultJson.forBundle(version, runs));
            bundle.add(Bundle.JUNIT, JunitReport.forBundle(runs));
            bundle.complete();
            return runs;
        }
    }

    /** Runs and judges everything and keeps no evidence. */
    List<RunResult> judge(boolean showProgress, Witness witness)
            throws BundleException, InterruptedException {
        return all((path, content) -> {}, showProgress, witness);
    }

    private List<RunResult> all(Place place, boolean showProgress, Witness witness)
            throws BundleException, InterruptedException {
        int total = scenarios.size() * policies.size() * monitors.size();
        try (Progress progress = Progress.ofRuns(showProgress, total);
                ExecutorService workers = Executors.newFixedThreadPool(jobs)) {
            List<Future<RunResult>> started = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                for (Policy policy : policies) {
                    for (Monitor monitor : monitors) {
                        started.add(workers.submit(() -> {
                            RunResult run = run(scenario, policy, monitor, place, witness);
                            progress.step();
                            return run;
                        }));
                    }
                }
            }
            return results(started, workers);
        }
    }

    /** Where one result cannot be kept or nobody waits any more, the other runs are given up. */
    private static List<RunResult> results(List<Future<RunResult>> started, ExecutorService workers)
            throws BundleException, InterruptedException {
        boolean complete = false;
        try {
            List<RunResult> runs = new ArrayList<>();
            for (Future<RunResult> run : started) {
                runs.add(result(run));
            }
            complete = true;
            return runs;
        } finally {
            if (!complete) {
                workers.shutdownNow();
            }
        }
    }

    private static RunResult result(Future<RunResult> run)
            throws BundleException, InterruptedException {
        try {
            return run.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof BundleException unwritable) {
                throw unwritable;
            }
            throw new IllegalStateException(
                    "a run failed: %s".formatted(failed.getCause()), failed);
        }
    }

    private RunResult run(
            Scenario scenario, Policy policy, Monitor monitor, Place place, Witness witness)
            throws BundleException {
        long begin = System.nanoTime();
        ScenarioRunner.Finished finished = ScenarioRunner.run(scenario, policy, monitor, seed);
        String folder = RunResult.folder(scenario.name(), policy.name(), monitor.name(), seed);
        for (Map.Entry<String, byte[]> file : finished.files().entrySet()) {
            place.add(folder + "/" + file.getKey(), file.getValue());
        }
        List<PropertyResult> results = finished.judgements().stream()
                .map(judgement -> result(scenario, policy, judgement))
                .toList();
        RunResult run = new RunResult(
                scenario.name(),
                policy.name(),
                monitor.name(),
                seed,
                results,
                monitor.securitySupport(),
                Duration.ofNanos(System.nanoTime() - begin));
        witness.ended(run, finished);
        return run;
    }

    private PropertyResult result(Scenario scenario, Policy policy, Judgement judgement) {
        String property = judgement.question().property();
        Optional<Acceptance> accepted = Acceptances.of(policy, scenario.name(), property);
        return new PropertyResult(
                judgement,
                expectation
                        .flatMap(expected ->
                                expected.verdict(scenario.name(), property, policy.name()))
                        .map(Campaign::verdict)
                        .orElse(null),
                accepted.map(Acceptance::reason).orElse(null),
                accepted.flatMap(Acceptance::until).orElse(null));
    }

    private static Verdict verdict(ExpectedVerdict expected) {
        return switch (expected) {
            case UPHELD -> Verdict.UPHELD;
            case VIOLATED -> Verdict.VIOLATED;
            case NOT_APPLICABLE -> Verdict.NOT_APPLICABLE;
        };
    }
}
