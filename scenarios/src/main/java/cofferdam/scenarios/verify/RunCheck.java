package cofferdam.scenarios.verify;

import cofferdam.analysis.Analysis;
import cofferdam.analysis.Judgement;
import cofferdam.analysis.RunFiles;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.policy.Acceptance;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.bundle.Bundle;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.bundle.Manifest;
import cofferdam.scenarios.result.Acceptances;
import cofferdam.scenarios.result.InvalidResultException;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.ResultReader;
import cofferdam.scenarios.result.RunResult;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** One run of a bundle, judged again from its evidence. */
public final class RunCheck {

    private static final String VERDICTS = "verdicts.json";
    private static final String EVENTS = "events.jsonl";
    private static final String NOT_AS_WRITTEN = "it is not in the form in which it is written";

    /** In bundles of this version a host that was never started left no events. */
    private static final int WITHOUT_EVENTS_OF_REFUSAL = 1;

    private final Bundle bundle;
    private final RunResult recorded;
    private final boolean sameProgram;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private RunCheck(Bundle bundle, RunResult recorded, boolean sameProgram) {
        this.bundle = bundle;
        this.recorded = recorded;
        this.sameProgram = sameProgram;
    }

    /**
     * What came of judging a run again.
     *
     * @param judged the run as the evidence tells it; as recorded where it cannot be judged
     * @param problems what the bundle tells otherwise
     * @param remarks what is worth knowing, but nothing wrong
     */
    public record Outcome(RunResult judged, List<Problem> problems, List<String> remarks) {

        public Outcome {
            problems = List.copyOf(problems);
            remarks = List.copyOf(remarks);
        }
    }

    /**
     * Judges a run. Holds no state: several may be judged at once.
     *
     * @param recorded one of the bundle's runs
     * @param names the names of the files in its folder
     * @param version of this program
     */
    public static Outcome of(
            Bundle bundle, RunResult recorded, List<String> names, String version) {
        boolean sameProgram = bundle.summary().version().equals(version);
        return new RunCheck(bundle, recorded, sameProgram).check(names);
    }

    private Outcome check(List<String> names) {
        try {
            Policy policy = bundle.policy(recorded);
            RunFiles files = bundle.files(recorded);
            List<Judgement> judged =
                    Analysis.judge(files, policy, bundle.scenario(recorded).questions());
            byte[] document = ResultJson.verdicts(judged);
            List<Judgement> comparable =
                    sayNothing(files) ? recordedJudgements() : ResultReader.verdicts(document);
            compareVerdicts(files, comparable);
            compareMonitor(files);
            compareSummary(policy, comparable);
            RemadeFiles.differences(files, names, policy, judged).forEach(this::remade);
            return new Outcome(judged(policy, comparable), problems, remarks);
        } catch (BundleException | EvidenceException e) {
            problem(VERDICTS, "the run cannot be judged again: " + e.getMessage());
        } catch (InvalidResultException e) {
            problem(VERDICTS, "what the evidence shows cannot be told: " + e.getMessage());
        }
        return new Outcome(recorded, problems, remarks);
    }

    /**
     * Whether there is no evidence, as the bundle says of runs in which the testbed failed. A host
     * that was refused leaves its reason among the events only since version 2.
     */
    private boolean sayNothing(RunFiles files) throws EvidenceException {
        if (files.read(EVENTS).isPresent()) {
            return false;
        }
        boolean refusable = bundle.formatVersion() == WITHOUT_EVENTS_OF_REFUSAL;
        boolean told = recordedJudgements().stream()
                .map(Judgement::verdict)
                .allMatch(verdict -> verdict == Verdict.ERROR
                        || (refusable && verdict == Verdict.NOT_APPLICABLE));
        if (told) {
            remarks.add("%s: left no evidence to judge".formatted(recorded.folder()));
        }
        return told;
    }

    private List<Judgement> recordedJudgements() {
        return recorded.properties().stream().map(PropertyResult::judgement).toList();
    }

    /** Evidence of one monitor must not be told as another's. */
    private void compareMonitor(RunFiles files) throws EvidenceException {
        Optional<byte[]> log = files.read(EVENTS);
        if (log.isEmpty()) {
            return;
        }
        List<Event> events = EventLog.read(log.get());
        List<String> told = events.stream()
                .filter(Event.RealMonitorStarted.class::isInstance)
                .map(event -> ((Event.RealMonitorStarted) event).subject())
                .toList();
        boolean started = events.stream().anyMatch(Event.MachineStarted.class::isInstance);
        boolean saysSo = Monitors.named(recorded.monitor())
                .filter(monitor -> !monitor.repeatable())
                .isPresent();
        if (started && saysSo && told.isEmpty()) {
            problem(EVENTS, "it is not that of the monitor " + recorded.monitor());
        }
        told.stream()
                .filter(name -> !name.equals(recorded.monitor()))
                .forEach(name -> problem(EVENTS, "it is that of the monitor " + name));
    }

    private void compareVerdicts(RunFiles files, List<Judgement> judged) throws EvidenceException {
        Optional<byte[]> document = files.read(VERDICTS);
        if (document.isEmpty()) {
            problem(VERDICTS, "there is no such file");
            return;
        }
        try {
            Comparison comparison =
                    Comparison.of(ResultReader.verdicts(document.get()), judged, sameProgram);
            comparison.problems().forEach(detail -> problem(VERDICTS, detail));
            comparison.remarks().forEach(this::remark);
            boolean asWritten = Arrays.equals(ResultJson.verdicts(judged), document.get());
            if (sameProgram && comparison.problems().isEmpty() && !asWritten) {
                problem(VERDICTS, NOT_AS_WRITTEN);
            }
        } catch (InvalidResultException e) {
            problem(VERDICTS, String.valueOf(e.getMessage()));
        }
    }

    private void compareSummary(Policy policy, List<Judgement> judged) {
        if (recorded.securitySupport() == null
                && bundle.formatVersion() >= Manifest.VERSION_WITH_SECURITY_SUPPORT) {
            summaryProblem("it does not tell what the monitor's makers say of its isolation");
        }
        Comparison.of(recordedJudgements(), judged, sameProgram)
                .problems()
                .forEach(this::summaryProblem);
        for (PropertyResult result : judged(policy, judged).properties()) {
            String property = result.judgement().question().property();
            recorded.properties().stream()
                    .filter(told -> told.judgement()
                            .question()
                            .equals(result.judgement().question()))
                    .filter(told -> !isAcceptedAlike(told, result))
                    .forEach(told -> summaryProblem(
                            "%s: what it says of the policy's acceptance is not in the policy"
                                    .formatted(property)));
        }
    }

    private static boolean isAcceptedAlike(PropertyResult told, PropertyResult result) {
        boolean accepted = result.isAccepted();
        return Objects.equals(told.accepted(), accepted ? result.accepted() : null)
                && Objects.equals(told.until(), accepted ? result.until() : null);
    }

    /** The judgements with what was expected, as recorded, and what the policy accepts. */
    private RunResult judged(Policy policy, List<Judgement> judgements) {
        List<PropertyResult> results = new ArrayList<>();
        for (int i = 0; i < judgements.size(); i++) {
            Judgement judgement = judgements.get(i);
            Optional<Acceptance> accepted = Acceptances.of(
                    policy, recorded.scenario(), judgement.question().property());
            boolean isTold = i < recorded.properties().size();
            results.add(new PropertyResult(
                    judgement,
                    isTold ? recorded.properties().get(i).expected() : null,
                    accepted.map(Acceptance::reason).orElse(null),
                    accepted.flatMap(Acceptance::until).orElse(null)));
        }
        return recorded.with(results);
    }

    private void remade(String file, String detail) {
        if (sameProgram) {
            problem(file, detail);
        } else {
            remark("%s: %s".formatted(file, detail));
        }
    }

    private void problem(String file, String detail) {
        problems.add(new Problem(Problem.Kind.VERDICT, recorded.folder() + "/" + file, detail));
    }

    private void summaryProblem(String detail) {
        problems.add(new Problem(
                Problem.Kind.VERDICT,
                Bundle.SUMMARY,
                "%s: %s".formatted(recorded.folder(), detail)));
    }

    private void remark(String detail) {
        remarks.add("%s: %s".formatted(recorded.folder(), detail));
    }
}
