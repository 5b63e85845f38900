package cofferdam.analysis;

/**
 * A property that can be judged.
 *
 * @param id its name in scenarios and verdicts
 * @param question what it asks, in one line
 * @param control what must have worked in the same run for {@link Verdict#UPHELD}
 */
public record Property(String id, String question, String control) {}
