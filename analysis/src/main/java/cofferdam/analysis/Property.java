package cofferdam.analysis;

/**
 * A property that can be judged.
 *
 * @param id its name in scenarios and verdicts
 * @param question what it asks, in one line
 * @param subjects how many machines it is about: 1, or 2 whose exchange it is about
 * @param observed whether it is judged from the vantage of an observer
 * @param control what must have worked in the same run for {@link Verdict#UPHELD}
 */
public record Property(
        String id, int subjects, String question, boolean observed, String control) {}
