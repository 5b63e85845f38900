package cofferdam.scenarios.verify;

import java.util.List;
import java.util.Optional;

/**
 * What came of verifying a bundle.
 *
 * @param bundle its folder, as the user named it
 * @param contents what it holds; empty if its manifest is not one
 * @param signature who answers for it; empty if its manifest is not one
 * @param problems everything that is wrong; it is genuine if there are none
 * @param remarks what is worth knowing, but nothing wrong
 */
public record Verification(
        String bundle,
        Optional<Contents> contents,
        Optional<Signature> signature,
        List<Problem> problems,
        List<String> remarks) {

    /**
     * What a bundle holds.
     *
     * @param formatVersion the version of its format
     * @param madeBy the version of the program that wrote it, as far as it says
     * @param files how many its manifest lists
     * @param runs how many its summary tells of
     * @param verdicts how many were judged again
     */
    public record Contents(
            int formatVersion, Optional<String> madeBy, int files, int runs, int verdicts) {}

    public Verification {
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    /** Whether nothing is wrong. */
    public boolean isGenuine() {
        return problems.isEmpty();
    }
}
