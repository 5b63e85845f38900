package cofferdam.scenarios;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.RunFiles;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Host;
import cofferdam.monitor.HostSetup;
import cofferdam.monitor.Monitor;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.RunOutcome;
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
     * property, with the reason, and whatever evidence there is. So does an error of the Java machine,
     * such as memory that does not suffice or a native library that is not there: it ends this run, and
     * the others go on.
     */
    public static Finished run(Scenario scenario, Policy policy, Monitor monitor, long seed) {
        RecordedEvidence evidence = new RecordedEvidence(prefixes(scenario.network()));
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put("scenario.yaml", ScenarioFile.write(scenario).getBytes(StandardCharsets.UTF_8));
        files.put("policy.yaml", PolicyFile.write(policy).getBytes(StandardCharsets.UTF_8));
        List<Judgement> judgements;
        try {
            evidence.record(live(scenario, policy, monitor, seed, evidence));
            files.putAll(evidence.files());
            RunFiles read = RunFiles.of(files);
            judgements = Analysis.judge(read, policy, scenario.questions());
            files.putAll(Analysis.annotate(read, judgements));
            files.putAll(Analysis.plots(read, policy));
        } catch (RuntimeException | Error failure) {
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
        RecordedEvidence evidence = new RecordedEvidence(prefixes(scenario.network()));
        List<Judgement> judgements;
        try {
            evidence.record(live(scenario, policy, monitor, seed, evidence));
            judgements =
                    Analysis.judge(RunFiles.of(evidence.files()), policy, scenario.questions());
        } catch (RuntimeException | Error failure) {
            judgements = failed(scenario, failure);
        }
        return new Judged(judgements, evidence.events(), evidence.isSilent());
    }

    /**
     * How it ended; recorded after the host has closed, so that it is the last line: evidence that
     * lacks it is not complete.
     */
    private static Event.RunFinished live(
            Scenario scenario,
            Policy policy,
            Monitor monitor,
            long seed,
            RecordedEvidence evidence) {
        SplittableRandom random = new SplittableRandom(seed ^ SCENARIO_STREAM);
        HostSetup setup = new HostSetup(
                policy,
                scenario.links(),
                scenario.network(),
                scenario.disks(),
                scenario.memory(),
                seed,
                evidence);
        Event.RunFinished finished;
        try (Host host = monitor.start(setup)) {
            finished =
                    new ScenarioExecution(scenario, policy.memory(), host, evidence, random).run();
        } catch (RefusedSetupException refused) {
            return new Event.RunFinished(
                    evidence.latest(),
                    ScenarioExecution.ACTOR,
                    RunOutcome.NOT_APPLICABLE,
                    String.valueOf(refused.getMessage()));
        }
        return last(finished, evidence);
    }

    /** What a host tells when it is closed comes before the end; on a real one time has gone on. */
    private static Event.RunFinished last(Event.RunFinished finished, RecordedEvidence evidence) {
        return new Event.RunFinished(
                Math.max(finished.time(), evidence.latest()),
                finished.actor(),
                finished.outcome(),
                finished.detail());
    }

    private static List<Long> prefixes(NetworkSetup network) {
        return network.ipv6()
                ? List.of(Ipv6Address.LINK_LOCAL, NetworkSetup.IPV6_PREFIX)
                : List.of();
    }

    private static List<Judgement> failed(Scenario scenario, Throwable failure) {
        String reason = "the testbed failed: %s".formatted(failure);
        return scenario.questions().stream()
                .map(question -> new Judgement(question, Verdict.ERROR, reason, List.of()))
                .toList();
    }
}
