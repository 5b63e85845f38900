package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Expectations;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;
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
                    + " against what it found."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Callable<Integer> {

    private static final List<String> PRESET_SCENARIOS = List.of(Scenarios.CORE, Scenarios.NETWORK);
    private static final List<String> PRESET_POLICIES =
            List.of("physical", "esx-1.5.2", "virtual-server-1.0");
    private static final String PRESET_EXPECTATION = Expectations.THESIS_2003;
    private static final String NO_EXPECTATION = "none";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SCENARIO",
            completionCandidates = Candidates.OfScenarios.class,
            description = "A scenario, a suite, or a scenario file (default: the suites core and"
                    + " network).")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            completionCandidates = Candidates.OfPolicies.class,
            description = "A policy or a policy file; may be given again "
                    + "(default: physical, esx-1.5.2, virtual-server-1.0).")
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--monitor",
            paramLabel = "MONITOR",
            completionCandidates = Candidates.OfMonitors.class,
            defaultValue = "emulated",
            description = "The monitor to run on (default: ${DEFAULT-VALUE}).")
    private String monitor;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Fixes every choice of a run: a whole number from 0 to 2^63-1 (default:"
                    + " ${DEFAULT-VALUE}).")
    private long seed;

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
                            + " scenario nor policy is named, else none).")
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
        Campaign campaign = campaign(choices);
        List<RunResult> runs;
        try {
            runs = campaign.run(
                    out,
                    Version.number(),
                    Signer.of(key, spec.commandLine().getErr()),
                    !quiet && format == RunFormat.TEXT);
        } catch (BundleException unwritable) {
            throw new BadInputException(String.valueOf(unwritable.getMessage()));
        }
        BaselineOptions.Outcome outcome = given.writeAndReckon(runs);
        print(outcome, given.hasBaseline(), campaign.expectation().map(Expectations::name));
        return Summary.exitCode(outcome.reckoning().runs());
    }

    private void print(
            BaselineOptions.Outcome outcome, boolean hasBaseline, Optional<String> expectation) {
        PrintWriter output = spec.commandLine().getOut();
        Reckoning reckoning = outcome.reckoning();
        List<RunResult> runs = reckoning.runs();
        String version = Version.number();
        switch (format) {
            case TEXT -> {
                printText(output, runs, expectation);
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

    private Campaign campaign(Choices choices) throws BadInputException {
        List<Scenario> chosenScenarios =
                choices.scenarios(scenarios.isEmpty() ? PRESET_SCENARIOS : scenarios);
        List<Policy> chosenPolicies =
                choices.policies(policies.isEmpty() ? PRESET_POLICIES : policies);
        Optional<Expectations> expectations = choices.expectations(expectationName());
        Optional<Monitor> chosenMonitor = choices.monitor(monitor);
        choices.seed(seed);
        choices.check();
        return new Campaign(
                chosenScenarios, chosenPolicies, chosenMonitor.orElseThrow(), seed, expectations);
    }

    private Optional<String> expectationName() {
        if (expect.isPresent()) {
            return expect.filter(name -> !name.equals(NO_EXPECTATION));
        }
        return scenarios.isEmpty() && policies.isEmpty()
                ? Optional.of(PRESET_EXPECTATION)
                : Optional.empty();
    }

    private void printText(PrintWriter output, List<RunResult> runs, Optional<String> expectation) {
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
        output.println(text.summary(expectation.orElse("")));
        MonitorWords.warnings(runs).forEach(line -> output.println(Terminal.safe(line)));
        if (!quiet) {
            output.println("evidence: " + Terminal.safe(out.toString())
                    + (details ? "" : " (--details tells what is behind every verdict)"));
            text.example(Terminal.safe(out.toString()))
                    .ifPresent(command -> output.println("for example: " + command));
        }
    }
}
