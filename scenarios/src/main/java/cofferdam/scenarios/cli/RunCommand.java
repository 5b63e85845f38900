package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.Monitors;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Problem;
import cofferdam.scenarios.Expectations;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;
import cofferdam.scenarios.bundle.BundleException;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;
import cofferdam.scenarios.result.Summary;

import picocli.CommandLine.Command;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code cofferdam run}. */
@Command(
        name = "run",
        description = {
            "Run scenarios under policies and judge the evidence.",
            "With no arguments: the suites core and network on the policies of the thesis of 2003, against what it found."
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
            description =
                    "A scenario, a suite, or a scenario file (default: the suites core and network).")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description = "A policy or a policy file; may be given again "
                    + "(default: physical, esx-1.5.2, virtual-server-1.0).")
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--monitor",
            paramLabel = "MONITOR",
            defaultValue = "emulated",
            description = "The monitor to run on (default: ${DEFAULT-VALUE}).")
    private String monitor;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Fixes every choice of a run: a whole number from 0 to 2^63-1 (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            defaultValue = "cofferdam-out",
            description = "Where the evidence bundle goes (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--expect",
            paramLabel = "EXPECTATION",
            description =
                    "Compare verdicts with an expectation, such as thesis-2003, or an expectation file; "
                            + "'none' for no comparison (default: thesis-2003 when neither scenario nor policy is named, "
                            + "else none).")
    private Optional<String> expect = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private OutputFormat format;

    @Option(
            names = "--details",
            description = "Tell what is behind every verdict, not only the wrong ones.")
    private boolean details;

    @Option(names = "--quiet", description = "No progress and, with text, the matrix alone.")
    private boolean quiet;

    @Override
    public Integer call() throws BadInputException, BundleException, InterruptedException {
        Campaign campaign = campaign();
        List<RunResult> runs;
        try {
            runs = campaign.run(out, Version.number(), !quiet && format == OutputFormat.TEXT);
        } catch (BundleException unwritable) {
            throw new BadInputException(String.valueOf(unwritable.getMessage()));
        }
        PrintWriter output = spec.commandLine().getOut();
        switch (format) {
            case TEXT -> printText(output, runs, campaign.expectation().map(Expectations::name));
            case JSON ->
                output.println(new String(
                        ResultJson.forStandardOutput(Version.number(), runs, out.toString()),
                        StandardCharsets.UTF_8));
        }
        return Summary.exitCode(runs);
    }

    private Campaign campaign() throws BadInputException {
        List<String> problems = new ArrayList<>();
        List<Scenario> chosenScenarios = load(
                        scenarios.isEmpty() ? PRESET_SCENARIOS : scenarios,
                        Scenarios.builtIn()::load,
                        problems)
                .stream()
                .flatMap(List::stream)
                .toList();
        List<Policy> chosenPolicies =
                load(policies.isEmpty() ? PRESET_POLICIES : policies, Policies::load, problems);
        Optional<Expectations> expectation = expectationName().stream()
                .flatMap(name -> load(List.of(name), Expectations::load, problems).stream())
                .findFirst();
        Optional<Monitor> chosenMonitor = Monitors.named(monitor);
        if (chosenMonitor.isEmpty()) {
            problems.add("monitor '%s' is unknown; there are: %s"
                    .formatted(
                            monitor,
                            Monitors.all().stream()
                                    .map(Monitor::name)
                                    .collect(Collectors.joining(", "))));
        }
        if (seed < 0) {
            problems.add(
                    "--seed %d is negative; seeds go from 0 to %d".formatted(seed, Long.MAX_VALUE));
        }
        problems.addAll(sameNames("scenario", chosenScenarios, Scenario::name));
        problems.addAll(sameNames("policy", chosenPolicies, Policy::name));
        if (!problems.isEmpty()) {
            throw new BadInputException(problems);
        }
        return new Campaign(
                List.copyOf(new java.util.LinkedHashSet<>(chosenScenarios)),
                List.copyOf(new java.util.LinkedHashSet<>(chosenPolicies)),
                chosenMonitor.orElseThrow(),
                seed,
                expectation);
    }

    private Optional<String> expectationName() {
        if (expect.isPresent()) {
            return expect.filter(name -> !name.equals(NO_EXPECTATION));
        }
        return scenarios.isEmpty() && policies.isEmpty()
                ? Optional.of(PRESET_EXPECTATION)
                : Optional.empty();
    }

    /** Two different things of one name would share a folder of the bundle. */
    private static <T> List<String> sameNames(
            String kind, List<T> things, Function<T, String> name) {
        return things.stream()
                .distinct()
                .collect(Collectors.groupingBy(name, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() > 1)
                .map(entry ->
                        "%d different files have the %s name '%s'; each needs a name of its own"
                                .formatted(entry.getValue(), kind, entry.getKey()))
                .toList();
    }

    /** Loads by name or path. */
    private interface Loader<T> {
        T load(String nameOrPath) throws InvalidFileException;
    }

    private static <T> List<T> load(List<String> names, Loader<T> loader, List<String> problems) {
        List<T> loaded = new ArrayList<>();
        for (String name : names) {
            try {
                loaded.add(loader.load(name));
            } catch (InvalidFileException invalid) {
                invalid.problems().stream().map(Problem::toString).forEach(problems::add);
            }
        }
        return loaded;
    }

    private void printText(PrintWriter output, List<RunResult> runs, Optional<String> expectation) {
        MatrixText text =
                new MatrixText(runs, spec.commandLine().getColorScheme().ansi());
        text.matrix().forEach(output::println);
        List<String> behind = quiet ? List.of() : text.details(out.toString(), details);
        if (!behind.isEmpty()) {
            output.println();
            behind.forEach(output::println);
        }
        output.println();
        output.println(text.summary(expectation.orElse("")));
        if (!quiet) {
            output.println("evidence: " + out
                    + (details ? "" : " (--details tells what is behind every verdict)"));
            text.example(out.toString())
                    .ifPresent(command -> output.println("for example: " + command));
        }
    }
}
