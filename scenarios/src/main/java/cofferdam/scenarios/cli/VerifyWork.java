package cofferdam.scenarios.cli;

import cofferdam.scenarios.bundle.Bundle;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.bundle.Manifest;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.verify.Inspection;
import cofferdam.scenarios.verify.Problem;
import cofferdam.scenarios.verify.RunCheck;
import cofferdam.scenarios.verify.SummaryCheck;
import cofferdam.scenarios.verify.Verification;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Verifies a bundle on all processors; what is found is in the order of the manifest and the
 * summary all the same.
 *
 * @param wanted the fingerprint of the key that it must be signed with, or null for any
 * @param mayBeUnsigned whether an unsigned bundle is good enough
 */
record VerifyWork(
        Path folder, @Nullable String wanted, boolean mayBeUnsigned, boolean showProgress) {

    /**
     * Looks at every file and judges every run.
     *
     * @throws BundleException if there is no bundle
     */
    Verification verify() throws BundleException, InterruptedException {
        try {
            return verify(Inspection.of(folder, wanted, mayBeUnsigned));
        } catch (Inspection.UnusableManifestException e) {
            Problem problem = new Problem(
                    Problem.Kind.MALFORMED, Manifest.NAME, String.valueOf(e.getMessage()));
            return new Verification(
                    folder.toString(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(problem),
                    List.of());
        }
    }

    private Verification verify(Inspection inspection) throws InterruptedException {
        Manifest manifest = inspection.manifest();
        List<Problem> problems = new ArrayList<>(inspection.problems());
        try (ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<Optional<Problem>>> files = manifest.files().stream()
                    .map(entry -> workers.submit(() -> inspection.check(entry)))
                    .toList();
            for (Future<Optional<Problem>> file : files) {
                result(file).ifPresent(problems::add);
            }
            return judged(inspection, problems, workers);
        }
    }

    private Verification judged(
            Inspection inspection, List<Problem> problems, ExecutorService workers)
            throws InterruptedException {
        try {
            Bundle bundle = Bundle.open(folder);
            List<RunCheck.Outcome> runs = judge(bundle, inspection.manifest(), workers);
            runs.forEach(run -> problems.addAll(run.problems()));
            problems.addAll(
                    SummaryCheck.problems(bundle, inspection.manifest(), runs, Version.number()));
            List<String> remarks = new ArrayList<>();
            runs.forEach(run -> remarks.addAll(run.remarks()));
            return told(inspection, bundle.summary().version(), runs, problems, remarks);
        } catch (BundleException e) {
            problems.add(new Problem(
                    Problem.Kind.MALFORMED, Bundle.SUMMARY, String.valueOf(e.getMessage())));
            return told(inspection, inspection.manifest().tool(), List.of(), problems, List.of());
        }
    }

    private List<RunCheck.Outcome> judge(Bundle bundle, Manifest manifest, ExecutorService workers)
            throws InterruptedException {
        Map<String, List<String>> names = SummaryCheck.filesByRun(manifest);
        try (Progress progress = Progress.ofRuns(showProgress, bundle.runs().size())) {
            List<Future<RunCheck.Outcome>> started = new ArrayList<>();
            for (RunResult run : bundle.runs()) {
                List<String> own = names.getOrDefault(run.folder(), List.of());
                started.add(workers.submit(() -> {
                    RunCheck.Outcome outcome = RunCheck.of(bundle, run, own, Version.number());
                    progress.step();
                    return outcome;
                }));
            }
            List<RunCheck.Outcome> outcomes = new ArrayList<>();
            for (Future<RunCheck.Outcome> run : started) {
                outcomes.add(result(run));
            }
            return outcomes;
        }
    }

    private Verification told(
            Inspection inspection,
            @Nullable String madeBy,
            List<RunCheck.Outcome> runs,
            List<Problem> problems,
            List<String> remarks) {
        int verdicts =
                runs.stream().mapToInt(run -> run.judged().properties().size()).sum();
        Verification.Contents contents = new Verification.Contents(
                inspection.manifest().version(),
                Optional.ofNullable(madeBy),
                inspection.manifest().files().size(),
                runs.size(),
                verdicts);
        return new Verification(
                folder.toString(),
                Optional.of(contents),
                Optional.of(inspection.signature()),
                problems,
                remarks);
    }

    private static <T> T result(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(
                    "a check failed: %s".formatted(failed.getCause()), failed);
        }
    }
}
