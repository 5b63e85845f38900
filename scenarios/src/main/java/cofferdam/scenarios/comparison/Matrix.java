package cofferdam.scenarios.comparison;

import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.Acceptance;
import cofferdam.monitor.policy.Policy;
import cofferdam.scenarios.Scenario;
import cofferdam.scenarios.result.Acceptances;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Every property of every scenario under every policy.
 *
 * @param policies their names, in the order of the cells
 * @param rows in the scenarios' order
 */
public record Matrix(List<String> policies, List<Row> rows) {

    public Matrix {
        policies = List.copyOf(policies);
        rows = List.copyOf(rows);
    }

    /**
     * A property of a scenario.
     *
     * @param scenario the scenario's name
     * @param property its place among the scenario's
     * @param cells one for each policy
     */
    public record Row(String scenario, int property, Question question, List<Cell> cells) {

        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A property over all scenarios that ask for it.
     *
     * @param worst one for each policy
     */
    public record PropertyRow(String property, List<Worst> worst) {

        public PropertyRow {
            worst = List.copyOf(worst);
        }
    }

    /**
     * The worst verdict of a property under one policy.
     *
     * @param scenarios those with this verdict, in their order
     */
    public record Worst(Verdict verdict, List<String> scenarios) {

        public Worst {
            scenarios = List.copyOf(scenarios);
        }
    }

    /**
     * The matrix of these outcomes, which come by scenario and then by policy.
     *
     * @param today by which acceptances are over
     */
    static Matrix of(
            List<Scenario> scenarios,
            List<Policy> policies,
            List<Outcome> outcomes,
            LocalDate today) {
        List<Row> rows = new ArrayList<>();
        for (int s = 0; s < scenarios.size(); s++) {
            Scenario scenario = scenarios.get(s);
            int first = s * policies.size();
            List<Outcome> beside = outcomes.subList(first, first + policies.size());
            for (int property = 0; property < scenario.properties().size(); property++) {
                rows.add(row(scenario, property, policies, beside, today));
            }
        }
        return new Matrix(policies.stream().map(Policy::name).toList(), rows);
    }

    private static Row row(
            Scenario scenario,
            int property,
            List<Policy> policies,
            List<Outcome> outcomes,
            LocalDate today) {
        List<Cell> cells = new ArrayList<>();
        for (int p = 0; p < policies.size(); p++) {
            var judgement = outcomes.get(p).judgements().get(property);
            String name = judgement.question().property();
            String accepted = judgement.verdict() == Verdict.VIOLATED
                    ? Acceptances.of(policies.get(p), scenario.name(), name)
                            .filter(acceptance -> !acceptance.isOver(today))
                            .map(Acceptance::reason)
                            .orElse(null)
                    : null;
            cells.add(new Cell(judgement, accepted));
        }
        return new Row(scenario.name(), property, cells.getFirst().judgement().question(), cells);
    }

    /** The cells of one policy, in the rows' order. */
    public List<Cell> of(String policy) {
        int column = policies.indexOf(policy);
        return rows.stream().map(row -> row.cells().get(column)).toList();
    }

    /** The worst of each property under each policy, and the scenarios that show it. */
    public List<PropertyRow> condensed() {
        Set<String> properties = new LinkedHashSet<>();
        rows.forEach(row -> properties.add(row.question().property()));
        return properties.stream().map(this::condensed).toList();
    }

    private PropertyRow condensed(String property) {
        List<Row> asking = rows.stream()
                .filter(row -> row.question().property().equals(property))
                .toList();
        List<Worst> worst = new ArrayList<>();
        for (int p = 0; p < policies.size(); p++) {
            worst.add(worst(asking, p));
        }
        return new PropertyRow(property, worst);
    }

    private static Worst worst(List<Row> asking, int policy) {
        Verdict worst = Verdict.NOT_APPLICABLE;
        for (Row row : asking) {
            Verdict verdict = row.cells().get(policy).verdict();
            worst = gravity(verdict) > gravity(worst) ? verdict : worst;
        }
        Verdict shown = worst;
        return new Worst(
                shown,
                asking.stream()
                        .filter(row -> row.cells().get(policy).verdict() == shown)
                        .map(Row::scenario)
                        .distinct()
                        .toList());
    }

    /** A violation is the firmest finding; that nothing is known is graver than that it held. */
    private static int gravity(Verdict verdict) {
        return switch (verdict) {
            case NOT_APPLICABLE -> 0;
            case UPHELD -> 1;
            case INCONCLUSIVE -> 2;
            case ERROR -> 3;
            case VIOLATED -> 4;
        };
    }

    /** Whether some cell says nothing, because a control or the testbed failed. */
    public boolean isUndecided() {
        return rows.stream().flatMap(row -> row.cells().stream()).anyMatch(Cell::isUndecided);
    }
}
