package cofferdam.scenarios.cli;

import cofferdam.monitor.Monitor;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.yaml.NearMiss;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;
import cofferdam.scenarios.comparison.Comparing;
import cofferdam.scenarios.comparison.Comparing.Pair;
import cofferdam.scenarios.comparison.Comparison;
import cofferdam.scenarios.comparison.Suggestion;
import cofferdam.scenarios.comparison.document.ComparisonCsv;
import cofferdam.scenarios.comparison.document.ComparisonDocument;
import cofferdam.scenarios.comparison.document.ComparisonJson;
import cofferdam.scenarios.comparison.document.HtmlDocument;
import cofferdam.scenarios.comparison.document.MarkdownDocument;
import cofferdam.scenarios.result.Summary;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** {@code cofferdam compare}. */
@Command(
        name = "compare",
        description = {
            "Compare policies: what holds under each, where they differ and which keys explain it, and what each costs.",
            "Keys are found by changing one at a time and running again, which takes a monitor whose runs repeat exactly.",
            "Violations are what is compared, not a failure."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:compared, whatever holds",
            "1:--want, and for some policy nothing that was tried does it",
            "2:bad input or usage",
            "3:some verdict is inconclusive, or the testbed failed"
        })
final class CompareCommand implements Callable<Integer> {

    /** More policies than this are explained against the first alone. */
    private static final int MAXIMUM_EVERY_TWO = 3;

    /** More policies than this get narrow columns on a terminal. */
    private static final int MAXIMUM_COLUMNS = 5;

    private static final String ALL = "all";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SCENARIO",
            completionCandidates = Candidates.OfScenarios.class,
            description =
                    "A scenario, a suite, or a scenario file (default: all suites but noisy).")
    private List<String> scenarios = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            completionCandidates = Candidates.OfPolicies.class,
            description = "A policy or a policy file; to be given again for each "
                    + "(default: all built-in policies, without explaining differences).")
    private List<String> policies = new ArrayList<>();

    @Option(
            names = "--between",
            paramLabel = "A,B",
            split = ",",
            description = "Explain where these two of the compared policies differ "
                    + "(default: every two of up to three, else each against the first).")
    private List<String> between = new ArrayList<>();

    @Option(
            names = "--want",
            arity = "1..*",
            paramLabel = "PROPERTY",
            completionCandidates = Candidates.OfProperties.class,
            description =
                    "Suggest the smallest set of changes of each policy by which these properties "
                            + "hold; 'all' for every one. Name scenarios before it.")
    private List<String> wanted = new ArrayList<>();

    @Mixin
    private MonitorOption monitor = new MonitorOption();

    @Mixin
    private HostOptions hostOptions = new HostOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private CompareFormat format;

    @Option(
            names = "--today",
            paramLabel = "YYYY-MM-DD",
            description = "The day by which accepted risks expire (default: today in UTC).")
    private Optional<String> today = Optional.empty();

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    @Override
    public Integer call() throws BadInputException {
        Choices choices = new Choices();
        List<Scenario> chosenScenarios =
                choices.scenarios(scenarios.isEmpty() ? presetScenarios() : scenarios);
        List<Policy> chosenPolicies =
                policies.isEmpty() ? Policies.all() : choices.policies(policies);
        Optional<Monitor> chosenMonitor = monitor.monitor(choices, hostOptions);
        long seed = hostOptions.seed(choices);
        chosenMonitor
                .filter(chosen -> !chosen.repeatable())
                .ifPresent(chosen -> choices.reject(
                        "compare finds reasons by running again, for which runs must repeat exactly; those"
                                + " on monitor '%s' do not: 'run' gives its matrix"
                                        .formatted(chosen.name())));
        LocalDate day = choices.today(today);
        choices.check();
        Comparing comparing = new Comparing(
                chosenScenarios,
                chosenPolicies,
                pairs(chosenPolicies),
                wanted(chosenScenarios),
                models(chosenPolicies),
                chosenMonitor.orElseThrow().name(),
                seed,
                day);
        Comparison comparison;
        int threads = Runtime.getRuntime().availableProcessors();
        try (ParallelTrials trials =
                new ParallelTrials(chosenMonitor.orElseThrow(), seed, threads, !quiet)) {
            comparison = comparing.compare(trials);
        }
        print(comparison);
        return exitCode(comparison);
    }

    private static List<String> presetScenarios() {
        return Scenarios.suites().stream()
                .filter(suite -> !suite.equals(Scenarios.NOISY))
                .toList();
    }

    private List<Pair> pairs(List<Policy> chosen) throws BadInputException {
        if (!policies.isEmpty() && chosen.size() < 2) {
            throw new BadInputException(
                    "--policy names one policy, '%s'; a comparison needs two at least"
                            .formatted(chosen.getFirst().name()));
        }
        if (!between.isEmpty()) {
            return List.of(between(chosen));
        }
        if (policies.isEmpty()) {
            return List.of();
        }
        return chosen.size() <= MAXIMUM_EVERY_TWO
                ? Comparing.everyTwo(chosen)
                : Comparing.againstFirst(chosen);
    }

    private Pair between(List<Policy> chosen) throws BadInputException {
        List<String> names = chosen.stream().map(Policy::name).toList();
        List<Policy> found = new ArrayList<>();
        for (String name : between) {
            int place = names.indexOf(name);
            if (place < 0) {
                throw new BadInputException(
                        "--between: '%s' is not one of the compared policies (%s)%s"
                                .formatted(
                                        name,
                                        String.join(", ", names),
                                        NearMiss.hint(name, names)));
            }
            found.add(chosen.get(place));
        }
        if (found.size() != 2 || found.get(0).equals(found.get(1))) {
            throw new BadInputException(
                    "--between takes two different policies, such as %s,%s; it was given %s"
                            .formatted(names.get(0), names.get(1), String.join(",", between)));
        }
        return new Pair(found.get(0), found.get(1));
    }

    private List<String> wanted(List<Scenario> chosen) throws BadInputException {
        Set<String> asked = Comparing.properties(chosen);
        if (wanted.contains(ALL)) {
            return List.copyOf(asked);
        }
        for (String property : wanted) {
            if (!asked.contains(property)) {
                throw new BadInputException(
                        "--want: no chosen scenario asks for property '%s'; they ask for %s%s"
                                .formatted(
                                        property,
                                        String.join(", ", asked),
                                        NearMiss.hint(property, asked)));
            }
        }
        return wanted.stream().distinct().toList();
    }

    private static List<Policy> models(List<Policy> chosen) {
        Set<Policy> models = new LinkedHashSet<>(Policies.all());
        models.addAll(chosen);
        return List.copyOf(models);
    }

    private void print(Comparison comparison) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case TEXT ->
                new TextDocument(spec.commandLine().getColorScheme().ansi())
                        .lines(ComparisonDocument.of(comparison, MAXIMUM_COLUMNS))
                        .forEach(out::println);
            case JSON -> out.println(ComparisonJson.of(comparison, Version.number()));
            case CSV -> out.print(ComparisonCsv.of(comparison));
            case MARKDOWN ->
                out.print(
                        MarkdownDocument.of(ComparisonDocument.of(comparison, Integer.MAX_VALUE)));
            case HTML ->
                out.print(HtmlDocument.of(ComparisonDocument.of(comparison, Integer.MAX_VALUE)));
        }
        out.flush();
    }

    /** A violation is what a comparison is about, not its failure. */
    private static int exitCode(Comparison comparison) {
        if (!comparison.suggestions().stream().allMatch(Suggestion::isFound)) {
            return Summary.EXIT_VIOLATION;
        }
        return comparison.matrix().isUndecided()
                ? Summary.EXIT_UNDECIDED
                : Summary.EXIT_AS_IT_SHOULD_BE;
    }
}
