package cofferdam.scenarios.comparison;

import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;

/**
 * A property of a scenario that comes out differently under two policies.
 *
 * @param scenario the scenario's name
 * @param first the verdict under the first policy
 * @param second the verdict under the second
 * @param cause which keys explain it
 */
public record Difference(
        String scenario, Question question, Verdict first, Verdict second, Cause cause) {}
