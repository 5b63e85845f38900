package cofferdam.scenarios.comparison;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policies;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.monitor.policy.PolicyFile;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.Scenarios;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** Small scenarios and policies, and trials whose outcome is a function of the policy's keys. */
public final class Synthetic implements Experiment {

    /** What a trial comes to: a verdict for each property, by its name, and how much traffic is lost. */
    public record Result(Map<String, Verdict> verdicts, int lost, boolean silent) {}

    /** The day of every comparison. */
    static final LocalDate TODAY = LocalDate.parse("2027-01-31");

    private final BiFunction<String, Map<String, String>, Result> law;
    private final List<Trial> trials = new ArrayList<>();

    /** @param law from the scenario's name and the policy's keys */
    public Synthetic(BiFunction<String, Map<String, String>, Result> law) {
        this.law = law;
    }

    /** Trials in which the property {@code traffic-confidentiality} follows from the keys. */
    public static Synthetic of(java.util.function.Function<Map<String, String>, Verdict> law) {
        return new Synthetic((scenario, keys) ->
                new Result(Map.of("traffic-confidentiality", law.apply(keys)), 0, false));
    }

    /** What was run so far. */
    public List<Trial> trials() {
        return List.copyOf(trials);
    }

    @Override
    public List<Outcome> outcomes(List<Trial> asked) {
        trials.addAll(asked);
        return asked.stream().map(this::outcome).toList();
    }

    private Outcome outcome(Trial trial) {
        Result result = law.apply(trial.scenario().name(), PolicyKeys.of(trial.policy()));
        List<Judgement> judgements = trial.scenario().properties().stream()
                .map(check -> new Judgement(
                        new Question(check.property(), check.subject(), check.observer()),
                        result.verdicts().getOrDefault(check.property(), Verdict.UPHELD),
                        "as the law says",
                        List.of()))
                .toList();
        int begun = 10;
        return new Outcome(
                judgements,
                new Traffic(begun, begun - result.lost(), begun, begun, new TreeMap<>()),
                result.silent());
    }

    /** A scenario in which Source pings VM 1. */
    public static Scenario talking(String name) {
        return scenario(name, "", "ping: {from: source, to: vm1, count: 1, interval: 1ms}");
    }

    /** A scenario in which nobody talks, with these keys beside. */
    public static Scenario quiet(String name, String keys) {
        return scenario(name, keys, "wait: 1s");
    }

    private static Scenario scenario(String name, String keys, String step) {
        String text = """
                scenario: %s
                summary: something
                %s
                properties:
                  - {property: traffic-confidentiality, subject: [vm1, source], observer: vm2}
                  - {property: connectivity, subject: [vm1, source]}
                steps:
                  - %s
                """.formatted(name, keys, step);
        try {
            Path file = Files.createTempFile("scenario", ".yaml");
            try {
                Files.writeString(file, text);
                return Scenarios.builtIn().load(file.toString()).getFirst();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidFileException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A policy of a type I monitor with these keys given. */
    public static Policy policy(String name, String... keys) {
        String head = "policy: %s\nsummary: something\nmonitor: {type: I}\n".formatted(name);
        try {
            Policy plain = PolicyFile.parse(name, head.getBytes(StandardCharsets.UTF_8));
            List<PolicyChange> changes = new ArrayList<>();
            for (String key : keys) {
                String[] parts = key.split(": ", 2);
                changes.add(new PolicyChange(parts[0], parts[1]));
            }
            return PolicyKeys.with(plain, changes);
        } catch (InvalidFileException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Compares these policies under one talking scenario, every two of them. */
    public static Comparison compare(
            Experiment experiment, List<Policy> policies, String... wanted) {
        return comparing(List.of(talking("some")), policies, wanted).compare(experiment);
    }

    /** The comparison of these, every two of the policies. */
    public static Comparing comparing(
            List<Scenario> scenarios, List<Policy> policies, String... wanted) {
        return new Comparing(
                scenarios,
                policies,
                Comparing.everyTwo(policies),
                List.of(wanted),
                Policies.all(),
                "emulated",
                1,
                TODAY);
    }
}
