package cofferdam.scenarios.comparison;

import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Policy;
import cofferdam.monitor.policy.PolicyKeys;
import cofferdam.scenarios.Scenario;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares policies.
 *
 * @param scenarios at least one, each with a name of its own
 * @param policies at least one, each with a name of its own
 * @param pairs which policies are explained against each other
 * @param wanted properties that changes are to be suggested for
 * @param models policies whose values can be suggested
 * @param monitor the monitor's name, for the record
 * @param seed for the record
 * @param today by which acceptances are over
 */
public record Comparing(
        List<Scenario> scenarios,
        List<Policy> policies,
        List<Pair> pairs,
        List<String> wanted,
        List<Policy> models,
        String monitor,
        long seed,
        LocalDate today) {

    private static final String CONNECTIVITY = "connectivity";

    public Comparing {
        scenarios = List.copyOf(scenarios);
        policies = List.copyOf(policies);
        pairs = List.copyOf(pairs);
        wanted = List.copyOf(wanted);
        models = List.copyOf(models);
    }

    /** Two policies. */
    public record Pair(Policy first, Policy second) {}

    /** Every policy with every other. */
    public static List<Pair> everyTwo(List<Policy> policies) {
        List<Pair> pairs = new ArrayList<>();
        for (int first = 0; first < policies.size(); first++) {
            for (int second = first + 1; second < policies.size(); second++) {
                pairs.add(new Pair(policies.get(first), policies.get(second)));
            }
        }
        return pairs;
    }

    /** The first policy with each of the others. */
    public static List<Pair> againstFirst(List<Policy> policies) {
        return policies.stream()
                .skip(1)
                .map(other -> new Pair(policies.getFirst(), other))
                .toList();
    }

    /** The properties that these scenarios ask for. */
    public static Set<String> properties(List<Scenario> scenarios) {
        Set<String> properties = new LinkedHashSet<>();
        scenarios.forEach(scenario ->
                scenario.properties().forEach(check -> properties.add(check.property())));
        return properties;
    }

    /** Runs what has to be run, and draws the conclusions. */
    public Comparison compare(Experiment experiment) {
        Laboratory laboratory = new Laboratory(experiment);
        List<Trial> trials = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            policies.forEach(policy -> trials.add(new Trial(scenario, policy)));
        }
        List<Outcome> outcomes = laboratory.outcomes(trials);
        Matrix matrix = Matrix.of(scenarios, policies, outcomes, today);
        List<Cost> costs = new ArrayList<>();
        for (int p = 0; p < policies.size(); p++) {
            costs.add(cost(p, outcomes));
        }
        List<Standing> standings = new Standings(matrix).all();
        List<Pairing> pairings =
                pairs.stream().map(pair -> pairing(laboratory, pair, matrix)).toList();
        List<Suggestion> suggestions = wanted.isEmpty()
                ? List.of()
                : policies.stream()
                        .map(policy -> new SuggestionSearch(
                                        laboratory, scenarios, policy, wanted, models)
                                .find())
                        .toList();
        return new Comparison(
                monitor,
                seed,
                scenarios.stream().map(Scenario::name).toList(),
                matrix,
                pairings,
                costs,
                standings,
                suggestions,
                new Advice(standings, costs).sentences(),
                laboratory.runs());
    }

    private Cost cost(int policy, List<Outcome> outcomes) {
        Traffic all = Traffic.NONE;
        List<String> unconnected = new ArrayList<>();
        List<Cost.Loss> losses = new ArrayList<>();
        for (int s = 0; s < scenarios.size(); s++) {
            Outcome outcome = outcomes.get(s * policies.size() + policy);
            String name = scenarios.get(s).name();
            all = all.plus(outcome.traffic());
            if (outcome.traffic().lost() > 0) {
                losses.add(new Cost.Loss(
                        name, outcome.traffic().lost(), outcome.traffic().begun()));
            }
            boolean cut = outcome.judgements().stream()
                    .anyMatch(judgement -> judgement.question().property().equals(CONNECTIVITY)
                            && judgement.verdict() == Verdict.VIOLATED);
            if (cut) {
                unconnected.add(name);
            }
        }
        return new Cost(policies.get(policy).name(), all, unconnected, losses);
    }

    private Pairing pairing(Laboratory laboratory, Pair pair, Matrix matrix) {
        int first = policies.indexOf(pair.first());
        int second = policies.indexOf(pair.second());
        List<CauseFinder.Differing> cells = new ArrayList<>();
        List<Matrix.Row> rows = new ArrayList<>();
        for (Matrix.Row row : matrix.rows()) {
            Verdict one = row.cells().get(first).verdict();
            Verdict other = row.cells().get(second).verdict();
            if (one != other) {
                rows.add(row);
                cells.add(new CauseFinder.Differing(
                        scenario(row.scenario()), row.property(), one, other));
            }
        }
        List<Cause> causes = new CauseFinder(laboratory, pair.first(), pair.second()).causes(cells);
        List<Difference> differences = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            differences.add(new Difference(
                    rows.get(i).scenario(),
                    rows.get(i).question(),
                    cells.get(i).first(),
                    cells.get(i).second(),
                    causes.get(i)));
        }
        return new Pairing(
                pair.first().name(),
                pair.second().name(),
                PolicyKeys.differences(pair.first(), pair.second()).size(),
                differences);
    }

    private Scenario scenario(String name) {
        return scenarios.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
