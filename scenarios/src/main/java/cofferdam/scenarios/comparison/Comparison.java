package cofferdam.scenarios.comparison;

import java.util.List;

/**
 * What distinguishes policies.
 *
 * @param monitor on which monitor the scenarios ran
 * @param seed what fixed every choice
 * @param scenarios their names
 * @param matrix every property of every scenario under every policy
 * @param pairings where two policies differ and why
 * @param costs one for each policy
 * @param standings one for each policy
 * @param suggestions one for each policy where something was wanted, else none
 * @param conclusion sentences without full stops, the most important first
 * @param runs how many runs there were; equal ones are made once
 */
public record Comparison(
        String monitor,
        long seed,
        List<String> scenarios,
        Matrix matrix,
        List<Pairing> pairings,
        List<Cost> costs,
        List<Standing> standings,
        List<Suggestion> suggestions,
        List<String> conclusion,
        int runs) {

    public Comparison {
        scenarios = List.copyOf(scenarios);
        pairings = List.copyOf(pairings);
        costs = List.copyOf(costs);
        standings = List.copyOf(standings);
        suggestions = List.copyOf(suggestions);
        conclusion = List.copyOf(conclusion);
    }
}
