package cofferdam.scenarios;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.RunFiles;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyFile;
import cofferdam.monitor.recording.RecordedEvidence;
import cofferdam.scenarios.result.ResultJson;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Runs one scenario under one policy on one monitor and judges what it left behind. Holds no state:
 * runs may go side by side, and the same four inputs give the same bytes.
 */
public final class ScenarioRunner {

    /** Keeps the scenario's choices apart from the host's, which start from the seed itself. */
    private static final long SCENARIO_STREAM = 0x5ce7a210_c0ffe4daL;

    private ScenarioRunner() {}

    /**
     * A finished run.
     *
     * @param files the run's folder in the bundle: names with forward slashes, and contents
     * @param judgements one for each property that the scenario asks for, in its order
     */
    public record Finished(SortedMap<String, byte[]> files, List<Judgement> judgements) {}

    /**
     * Runs the scenario. A failure of the testbed itself gives the verdict {@code error} for every
     * property, with the reason, and whatever evidence there is.
     */
    public static Finished run(Scenario scenario, Policy policy, Monitor monitor, long seed) {
        RecordedEvidence evidence = new RecordedEvidence();
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("scenario.yaml", ScenarioFile.write(scenario).getBytes(StandardCharsets.UTF_8));
        files.put("policy.yaml", PolicyFile.write(policy).getBytes(StandardCharsets.UTF_8));
        List<Judgement> judgements;
        try {
            live(scenario, policy, monitor, seed, evidence);
            files.putAll(evidence.files());
            RunFiles read = RunFiles.of(files);
            judgements = Analysis.judge(read, policy, questions(scenario));
            files.putAll(Analysis.annotate(read, judgements));
            files.putAll(Analysis.plots(read, policy));
        } catch (RefusedSetupException refused) {
            judgements = refused(scenario, String.valueOf(refused.getMessage()));
        } catch (RuntimeException failure) {
            judgements = failed(scenario, failure);
        }
        files.put("verdicts.json", ResultJson.verdicts(judgements));
        return new Finished(files, judgements);
    }

    /**
     * What is left of a run whose evidence was judged and given up.
     *
     * @param silent whether nobody sent a frame
     */
    public record Judged(List<Judgement> judgements, List<Event> events, boolean silent) {

        public Judged {
            judgements = List.copyOf(judgements);
            events = List.copyOf(events);
        }
    }

    /** Runs and judges as {@link #run} does, and keeps no evidence but the events. */
    public static Judged judge(Scenario scenario, Policy policy, Monitor monitor, long seed) {
        RecordedEvidence evidence = new RecordedEvidence();
        List<Judgement> judgements;
        try {
            live(scenario, policy, monitor, seed, evidence);
            judgements = Analysis.judge(
                    RunFiles.of(evidence.files()), policy, questions(scenario));
        } catch (RefusedSetupException refused) {
            judgements = refused(scenario, String.valueOf(refused.getMessage()));
        } catch (RuntimeException failure) {
            judgements = failed(scenario, failure);
        }
        return new Judged(judgements, evidence.events(), evidence.isSilent());
    }

    private static void live(
            Scenario scenario, Policy policy, Monitor monitor, long seed, RecordedEvidence evidence)
            throws RefusedSetupException {
        SplittableRandom random = new SplittableRandom(seed ^ SCENARIO_STREAM);
        Event.RunFinished end;
        try (Host host = monitor.start(new HostSetup(
                policy, scenario.links(), scenario.network(), scenario.disks(), scenario.memory(), seed, evidence))) {
            end = new ScenarioExecution(scenario, policy.memory(), host, evidence, random).run();
        }
        // Recorded after the host has closed, so that it is the last line: evidence that lacks it
        // is not complete.
        evidence.record(end);
    }

    private static List<Question> questions(Scenario scenario) {
        return scenario.properties().stream()
                .map(check -> new Question(check.property(), check.subject(), check.observer()))
                .toList();
    }

    private static List<Judgement> refused(Scenario scenario, String reason) {
        return questions(scenario).stream()
                .map(question -> new Judgement(question, Verdict.NOT_APPLICABLE, reason, List.of()))
                .toList();
    }

    private static List<Judgement> failed(Scenario scenario, RuntimeException failure) {
        String reason = "the testbed failed: %s".formatted(failure);
        return questions(scenario).stream()
                .map(question -> new Judgement(question, Verdict.ERROR, reason, List.of()))
                .toList();
    }
}
