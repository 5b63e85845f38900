package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.SecuritySupport;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.EventLog;
import cofferdam.monitor.evidence.EvidenceException;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.ScenarioRunner;
import cofferdam.scenarios.agreement.Agreeing;
import cofferdam.scenarios.agreement.Agreement;
import cofferdam.scenarios.agreement.AgreementDocument;
import cofferdam.scenarios.agreement.AgreementJson;
import cofferdam.scenarios.agreement.Observed;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.comparison.document.Document;
import cofferdam.scenarios.comparison.document.MarkdownDocument;
import cofferdam.scenarios.result.MonitorWords;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.result.Summary;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** {@code cofferdam agree}. */
@Command(
        name = "agree",
        description = {
            "Run the same scenarios under the same policies on several monitors: do they agree, and if not, why?",
            "The first monitor is the reference. A cause is what the evidence has: a setting that a monitor does not"
                    + " enforce, tried on the emulated host; what it lacks or refuses; a control that failed.",
            "A disagreement without such a cause is said to be unexplained."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every verdict is the same, or the evidence explains why not",
            "2:bad input or usage",
            "3:a disagreement is unexplained, some verdict is inconclusive, or the testbed failed"
        })
final class AgreeCommand implements Callable<Integer> {

    private static final String EVENTS = "events.jsonl";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SCENARIO",
            completionCandidates = Candidates.OfScenarios.class,
            description = "A scenario, a suite, or a scenario file (default: the suite core).")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            completionCandidates = Candidates.OfPolicies.class,
            description = "A policy or a policy file; may be given again "
                    + "(default: esx-1.5.2, virtual-server-1.0).")
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--monitor",
            paramLabel = "MONITOR",
            completionCandidates = Candidates.OfMonitors.class,
            description = "A monitor; to be given again for each (default: all that work here).")
    private List<String> monitors = new ArrayList<>();

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write the evidence of all runs into this bundle (default: none is" + " kept).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Sign the bundle with the Ed25519 key in this PEM file (default: "
                    + "signing-key.pem in the configuration folder, made at first use).")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private AgreeFormat format;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws BadInputException, BundleException, InterruptedException {
        Choices choices = new Choices();
        List<Monitor> chosen = monitors(choices);
        List<Scenario> chosenScenarios = choices.scenarios(
                scenarios.isEmpty() ? Presets.OF_REAL_GUESTS.scenarios() : scenarios);
        List<Policy> chosenPolicies =
                choices.policies(policies.isEmpty() ? Presets.OF_REAL_GUESTS.policies() : policies);
        long seed = hostOptions.seed(choices);
        int threads = jobs.number(choices, chosen);
        choices.check();
        Campaign campaign = new Campaign(
                chosenScenarios, chosenPolicies, chosen, seed, threads, Optional.empty());
        Agreement agreement = agreement(campaign);
        print(agreement, campaign);
        return agreement.unexplained() + agreement.undecided() == 0
                ? Summary.EXIT_AS_IT_SHOULD_BE
                : Summary.EXIT_UNDECIDED;
    }

    private List<Monitor> monitors(Choices choices) {
        List<Monitor> all = hostOptions.monitors(choices);
        List<Monitor> chosen = monitors.isEmpty()
                ? all.stream()
                        .filter(monitor -> monitor.unavailable().isEmpty())
                        .toList()
                : monitors.stream()
                        .distinct()
                        .flatMap(name -> choices.monitor(name, all).stream())
                        .toList();
        if (chosen.size() < 2) {
            choices.reject("agree takes two monitors at least; there is %s"
                    .formatted(
                            chosen.isEmpty()
                                    ? "none"
                                    : "'%s' alone".formatted(chosen.getFirst().name())));
        }
        return chosen;
    }

    private Agreement agreement(Campaign campaign)
            throws BadInputException, BundleException, InterruptedException {
        Map<String, List<Event>> events = new ConcurrentHashMap<>();
        Campaign.Witness witness = (run, finished) -> events.put(run.folder(), events(finished));
        List<RunResult> runs = run(campaign, witness);
        Map<String, Observed> observed = new LinkedHashMap<>();
        for (RunResult run : runs) {
            observed.put(
                    run.folder(),
                    new Observed(
                            run.monitor(),
                            run.properties().stream()
                                    .map(PropertyResult::judgement)
                                    .toList(),
                            events.getOrDefault(run.folder(), List.of())));
        }
        try (ParallelTrials model = new ParallelTrials(
                Monitors.all().getFirst(), campaign.seed(), campaign.jobs(), !quiet)) {
            return new Agreeing(model).of(cases(campaign, observed));
        }
    }

    private List<RunResult> run(Campaign campaign, Campaign.Witness witness)
            throws BadInputException, BundleException, InterruptedException {
        if (out.isEmpty()) {
            return campaign.judge(!quiet, witness);
        }
        try {
            return campaign.run(
                    out.get(),
                    Version.number(),
                    Signer.of(key, spec.commandLine().getErr()),
                    !quiet,
                    witness);
        } catch (BundleException unwritable) {
            throw new BadInputException(String.valueOf(unwritable.getMessage()));
        }
    }

    /** Where the testbed failed there may be none. */
    private static List<Event> events(ScenarioRunner.Finished finished) {
        byte[] log = finished.files().get(EVENTS);
        try {
            return log == null ? List.of() : EventLog.read(log);
        } catch (EvidenceException unreadable) {
            return List.of();
        }
    }

    private static List<Agreeing.Case> cases(Campaign campaign, Map<String, Observed> observed) {
        List<Agreeing.Case> cases = new ArrayList<>();
        for (Scenario scenario : campaign.scenarios()) {
            for (Policy policy : campaign.policies()) {
                List<Observed> runs = campaign.monitors().stream()
                        .map(monitor -> RunResult.folder(
                                scenario.name(), policy.name(), monitor.name(), campaign.seed()))
                        .map(folder -> Objects.requireNonNull(observed.get(folder), folder))
                        .toList();
                cases.add(new Agreeing.Case(scenario, policy, runs));
            }
        }
        return cases;
    }

    private void print(Agreement agreement, Campaign campaign) {
        PrintWriter output = spec.commandLine().getOut();
        Map<String, SecuritySupport> support = new LinkedHashMap<>();
        campaign.monitors()
                .forEach(monitor -> support.put(monitor.name(), monitor.securitySupport()));
        List<String> sentences = new ArrayList<>();
        support.forEach((name, says) -> sentences.add(MonitorWords.sentence(name, says)));
        Document document = AgreementDocument.of(agreement, sentences);
        switch (format) {
            case TEXT ->
                new TextDocument(spec.commandLine().getColorScheme().ansi())
                        .lines(document)
                        .forEach(output::println);
            case JSON ->
                output.println(
                        AgreementJson.of(agreement, Version.number(), campaign.seed(), support));
            case MARKDOWN -> output.print(MarkdownDocument.of(document));
        }
        if (format == AgreeFormat.TEXT) {
            out.ifPresent(
                    folder -> output.println("evidence: " + Terminal.safe(folder.toString())));
        }
        output.flush();
    }
}
