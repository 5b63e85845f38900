package cofferdam.scenarios.cli;

import cofferdam.analysis.Analysis;
import cofferdam.attacks.Attacks;
import cofferdam.monitor.DriverOptions;
import cofferdam.monitor.policy.Policies;
import cofferdam.scenarios.Expectations;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;
import cofferdam.scenarios.export.JsonSchemas;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** {@code cofferdam list}. */
@Command(
        name = "list",
        description = "List what there is of a kind.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class ListCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "KIND", description = "${COMPLETION-CANDIDATES}")
    private Kind kind;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    private ListFormat format;

    /** What can be listed. */
    enum Kind {
        SCENARIOS,
        SUITES,
        POLICIES,
        ATTACKS,
        MONITORS,
        PROPERTIES,
        EXPECTATIONS,
        SCHEMAS,
        COVERAGE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private record Entry(String name, String summary) {}

    /** In which form a list is printed. */
    enum ListFormat {
        TEXT,
        JSON,
        MARKDOWN;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (kind == Kind.COVERAGE) {
            CoverageList coverage = CoverageList.builtIn();
            switch (format) {
                case TEXT -> coverage.text().forEach(out::println);
                case JSON -> out.println(coverage.json());
                case MARKDOWN -> coverage.markdown().forEach(out::println);
            }
            return;
        }
        if (kind == Kind.MONITORS) {
            MonitorList monitors =
                    new MonitorList(Cofferdam.monitors(spec).all(DriverOptions.NONE));
            switch (format) {
                case TEXT -> monitors.text().forEach(out::println);
                case JSON -> out.println(monitors.json());
                case MARKDOWN -> monitors.markdown().forEach(out::println);
            }
            return;
        }
        switch (format) {
            case TEXT -> printText(out, entries());
            case JSON -> printJson(out, entries());
            case MARKDOWN -> printMarkdown(out, entries());
        }
    }

    private List<Entry> entries() {
        return switch (kind) {
            case SCENARIOS -> map(Scenarios.builtIn().all(), Scenario::name, Scenario::summary);
            case SUITES -> map(Scenarios.suites(), suite -> suite, ListCommand::scenariosOf);
            case POLICIES ->
                map(Policies.all(), policy -> policy.name(), policy -> policy.summary());
            case ATTACKS -> map(Attacks.all(), attack -> attack.name(), attack -> attack.summary());
            case PROPERTIES ->
                map(
                        Analysis.properties(),
                        property -> property.id(),
                        property -> property.question());
            case EXPECTATIONS ->
                map(
                        Expectations.all(),
                        expectation -> expectation.name(),
                        expectation -> expectation.summary());
            case SCHEMAS ->
                map(JsonSchemas.all(), JsonSchemas.Named::name, JsonSchemas.Named::summary);
            case MONITORS, COVERAGE -> List.of();
        };
    }

    private static <T> List<Entry> map(
            List<T> things,
            java.util.function.Function<T, String> name,
            java.util.function.Function<T, String> summary) {
        return things.stream()
                .map(thing -> new Entry(name.apply(thing), summary.apply(thing)))
                .collect(Collectors.toList());
    }

    private static String scenariosOf(String suite) {
        return Scenarios.builtIn().suite(suite).stream()
                .map(Scenario::name)
                .collect(Collectors.joining(", "));
    }

    private static void printText(PrintWriter out, List<Entry> entries) {
        int width =
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
        for (Entry entry : entries) {
            out.println(entry.name()
                    + " ".repeat(width - entry.name().length() + 2)
                    + Terminal.safe(entry.summary()));
        }
    }

    private static void printMarkdown(PrintWriter out, List<Entry> entries) {
        out.println("| name | what it is |");
        out.println("| --- | --- |");
        for (Entry entry : entries) {
            out.println("| %s | %s |"
                    .formatted(
                            MarkdownText.escaped(entry.name()),
                            MarkdownText.escaped(entry.summary())));
        }
    }

    private static void printJson(PrintWriter out, List<Entry> entries) {
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        ArrayNode array = mapper.createArrayNode();
        entries.forEach(entry ->
                array.addObject().put("name", entry.name()).put("summary", entry.summary()));
        out.println(mapper.writeValueAsString(array));
    }
}
