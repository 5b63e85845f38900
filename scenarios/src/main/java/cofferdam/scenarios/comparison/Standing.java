package cofferdam.scenarios.comparison;

import java.util.List;

/**
 * How one policy stands among those that were compared.
 *
 * @param policy its name
 * @param upheld properties of scenarios that held
 * @param violated those that did not, accepted ones among them
 * @param accepted violations that the policy's owner accepts
 * @param undecided inconclusive ones and errors
 * @param notApplicable where there is no such boundary
 * @param dominates the policies of which it holds everything that they hold, and more
 * @param like the policies that hold exactly the same
 * @param only what it upholds and no other policy holds, as {@code property in scenario}
 */
public record Standing(
        String policy,
        int upheld,
        int violated,
        int accepted,
        int undecided,
        int notApplicable,
        List<String> dominates,
        List<String> like,
        List<String> only) {

    public Standing {
        dominates = List.copyOf(dominates);
        like = List.copyOf(like);
        only = List.copyOf(only);
    }
}
