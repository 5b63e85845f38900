package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Expectations;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.baseline.BaselineJson;
import cofferdam.scenarios.baseline.Reckoning;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.export.JunitReport;
import cofferdam.scenarios.export.MarkdownReport;
import cofferdam.scenarios.export.SarifReport;
import cofferdam.scenarios.result.MonitorWords;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.result.Summary;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** {@code cofferdam run}. */
@Command(
        name = "run",
        description = {
            "Run scenarios under policies and judge the evidence.",
            "With no arguments: the suites core and network on the policies of the thesis of 2003,"
                    + " against what it found; on a monitor with real guests: the suite core on"
                    + " those of them that have a monitor, and nothing is expected."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {

    private static final String NO_EXPECTATION = "none";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SCENARIO",
            completionCandidates = Candidates.OfScenarios.class,
            description = "A scenario, a suite, or a scenario file (default: the suites core and"
                    + " network; with real guests core).")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            completionCandidates = Candidates.OfPolicies.class,
            description = "A policy or a policy file; may be given again "
                    + "(default: physical, esx-1.5.2, virtual-server-1.0; with real guests without"
                    + " physical).")
    private List<String> policies = new ArrayList<>();

    @Mixin
    private MonitorOption monitor = new MonitorOption();

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Mixin
    private JobsOption jobs = new JobsOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "cofferdam-out",
            description = "Where the evidence bundle goes (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Sign the bundle with the Ed25519 key in this PEM file (default: "
                    + "signing-key.pem in the configuration folder, made at first use).")
    private Optional<Path> key = Optional.empty();

    @Option(
            names = "--expect",
            paramLabel = "EXPECTATION",
            completionCandidates = Candidates.OfExpectations.class,
            description =
                    "Compare verdicts with an expectation, such as thesis-2003, or an expectation"
                            + " file; 'none' for no comparison (default: thesis-2003 when neither"
                            + " scenario nor policy is named and the monitor is emulated, else none).")
    private Optional<String> expect = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private RunFormat format;

    @Mixin
    private BaselineOptions baselineOptions = new BaselineOptions();

    @Option(
            names = "--details",
            description = "Tell what is behind every verdict, not only the wrong ones.")
    private boolean details;

    @Option(
            names = "--quiet",
            description = "No progress and, with text, nothing but the matrix and the summary.")
    private boolean quiet;

    @Override
    public Integer call() throws BadInputException, BundleException, InterruptedException {
        Choices choices = new Choices();
        BaselineOptions.Given given = baselineOptions.given(choices);
        Optional<Monitor> chosen = monitor.monitor(choices, hostOptions);
        Campaign campaign = campaign(choices, chosen);
        List<RunResult> runs;
        try {
            runs = campaign.run(
                    out,
                    Version.number(),
                    Signer.of(key, spec.commandLine().getErr()),
                    !quiet && format == RunFormat.TEXT,
                    (run, finished) -> {});
        } catch (BundleException unwritable) {
            throw new BadInputException(String.valueOf(unwritable.getMessage()));
        }
        BaselineOptions.Outcome outcome = given.writeAndReckon(runs);
        print(outcome, given.hasBaseline(), campaign);
        return Summary.exitCode(outcome.reckoning().runs());
    }

    private void print(BaselineOptions.Outcome outcome, boolean hasBaseline, Campaign campaign) {
        PrintWriter output = spec.commandLine().getOut();
        Reckoning reckoning = outcome.reckoning();
        List<RunResult> runs = reckoning.runs();
        String version = Version.number();
        switch (format) {
            case TEXT -> {
                printText(output, runs, campaign);
                new BaselineText(outcome, hasBaseline).lines().forEach(output::println);
            }
            case JSON ->
                output.println(utf8(ResultJson.forStandardOutput(
                        version,
                        runs,
                        out.toString(),
                        hasBaseline ? Optional.of(BaselineJson.of(reckoning)) : Optional.empty())));
            case JUNIT -> output.print(utf8(JunitReport.forStandardOutput(runs)));
            case SARIF -> output.print(SarifReport.of(version, runs, out.toString(), hasBaseline));
            case MARKDOWN -> output.print(MarkdownReport.of(reckoning, out.toString()));
        }
        output.flush();
    }

    private static String utf8(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    /** @param monitor empty if there is none, which is among the choices' problems */
    private Campaign campaign(Choices choices, Optional<Monitor> monitor) throws BadInputException {
        Presets presets = monitor.filter(chosen -> !Presets.areOfModels(chosen))
                .map(chosen -> Presets.OF_REAL_GUESTS)
                .orElse(Presets.OF_MODELS);
        List<Scenario> chosenScenarios =
                choices.scenarios(scenarios.isEmpty() ? presets.scenarios() : scenarios);
        List<Policy> chosenPolicies =
                choices.policies(policies.isEmpty() ? presets.policies() : policies);
        Optional<Expectations> expectations = choices.expectations(expectationName(presets));
        long seed = hostOptions.seed(choices);
        List<Monitor> monitors = monitor.stream().toList();
        int threads = jobs.number(choices, monitors);
        choices.check();
        return new Campaign(chosenScenarios, chosenPolicies, monitors, seed, threads, expectations);
    }

    private Optional<String> expectationName(Presets presets) {
        if (expect.isPresent()) {
            return expect.filter(name -> !name.equals(NO_EXPECTATION));
        }
        return scenarios.isEmpty() && policies.isEmpty() ? presets.expectation() : Optional.empty();
    }

    private void printText(PrintWriter output, List<RunResult> runs, Campaign campaign) {
        MatrixText text =
                new MatrixText(runs, spec.commandLine().getColorScheme().ansi());
        text.matrix().forEach(output::println);
        List<String> service = new ServiceTable(runs).lines();
        if (!service.isEmpty()) {
            output.println();
            service.forEach(output::println);
        }
        List<String> behind =
                quiet ? List.of() : text.details(Terminal.safe(out.toString()), details);
        if (!behind.isEmpty()) {
            output.println();
            behind.forEach(output::println);
        }
        output.println();
        output.println(
                text.summary(campaign.expectation().map(Expectations::name).orElse("")));
        MonitorWords.warnings(runs).forEach(line -> output.println(Terminal.safe(line)));
        if (!quiet && !campaign.monitors().stream().allMatch(Monitor::repeatable)) {
            output.println(
                    "--seed %d fixes what Cofferdam chooses, not what real guests do: another run"
                                    .formatted(campaign.seed())
                            + " differs in bytes and times");
        }
        if (!quiet) {
            output.println("evidence: " + Terminal.safe(out.toString())
                    + (details ? "" : " (--details tells what is behind every verdict)"));
            text.example(Terminal.safe(out.toString()))
                    .ifPresent(command -> output.println("for example: " + command));
        }
    }
}
