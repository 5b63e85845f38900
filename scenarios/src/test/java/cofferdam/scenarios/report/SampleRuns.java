package cofferdam.scenarios.report;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.RunFiles;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyFile;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.ScenarioRunner;
import cofferdam.scenarios.Scenarios;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs to make reports of: real ones, and the same ones under other names. */
final class SampleRuns {

    private static final long SEED = 1;
    private static final String MONITOR = "emulated";

    private SampleRuns() {}

    static Scenario scenario(String name) {
        return Scenarios.builtIn().named(name).orElseThrow();
    }

    static Policy policy(String name) {
        return Policies.builtIn(name).orElseThrow();
    }

    /** A real run, as a report gets it. */
    static ReportedRun run(String scenario, String policy) {
        ScenarioRunner.Finished finished = ScenarioRunner.run(
                scenario(scenario), policy(policy), Monitors.named(MONITOR).orElseThrow(), SEED);
        List<PropertyResult> results = finished.judgements().stream()
                .map(judgement -> new PropertyResult(judgement, null, null))
                .toList();
        return reported(
                result(scenario, policy, results),
                scenario(scenario),
                policy(policy),
                RunFiles.of(finished.files()));
    }

    static RunResult result(String scenario, String policy, List<PropertyResult> results) {
        return new RunResult(scenario, policy, MONITOR, SEED, results, null, Duration.ZERO);
    }

    static ReportedRun reported(
            RunResult result, Scenario scenario, Policy policy, RunFiles files) {
        List<String> folder = new ArrayList<>(List.of("bundle"));
        folder.addAll(List.of(result.folder().split("/", -1)));
        return new ReportedRun(result, scenario, policy, files, folder);
    }

    /** Every one of these scenarios under every one of these policies. */
    static List<ReportedRun> runs(List<String> scenarios, List<String> policies) {
        return scenarios.stream()
                .flatMap(scenario -> policies.stream().map(policy -> run(scenario, policy)))
                .toList();
    }

    static Report report(List<ReportedRun> runs) {
        return Reports.of(List.of("bundle"), List.of("1.0"), runs);
    }

    /**
     * The same run under other names.
     *
     * @param aside what is added to every reason, so that no two such runs are told as one; or empty
     */
    static ReportedRun renamed(ReportedRun run, String scenario, String policy, String aside) {
        List<PropertyResult> results = run.result().properties().stream()
                .map(result -> new PropertyResult(
                        withReason(result.judgement(), result.judgement().reason() + aside),
                        result.expected(),
                        result.accepted()))
                .toList();
        return reported(
                result(scenario, policy, results),
                run.scenario(),
                named(run.policy(), policy),
                run.files());
    }

    static Judgement withReason(Judgement judgement, String reason) {
        Question question = judgement.question();
        return new Judgement(
                question, judgement.verdict(), reason, judgement.evidence(), judgement.figures());
    }

    private static Policy named(Policy policy, String name) {
        String text = PolicyFile.write(policy).replaceFirst("(?m)^policy: .*$", "policy: " + name);
        try {
            return PolicyFile.parse(name, text.getBytes(StandardCharsets.UTF_8));
        } catch (InvalidFileException e) {
            throw new IllegalStateException(e);
        }
    }
}
