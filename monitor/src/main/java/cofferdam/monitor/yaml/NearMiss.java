package cofferdam.monitor.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
public final class NearMiss {

    /** Longer words are not looked at: the work grows with the square of the length. */
    static final int MAXIMUM_LENGTH = 64;

    private NearMiss() {}

    /**
     * The known word that is nearest to what was written: the fewest letters to insert, leave out,
     * replace or swap with the next, at most a third of the letters and at least one. Among equals
     * the first.
     */
    public static Optional<String> of(String written, Collection<String> known) {
        if (written.length() > MAXIMUM_LENGTH) {
            return Optional.empty();
        }
        int tolerated = Math.max(1, written.length() / 3);
        return known.stream()
                .filter(word -> word.length() <= MAXIMUM_LENGTH)
                .filter(word -> distance(written, word) <= tolerated)
                .min(Comparator.comparingInt(word -> distance(written, word)));
    }

    /** The end of a message: the word that was probably meant, or nothing. */
    public static String hint(String written, Collection<String> known) {
        return of(written, known).map("; did you mean '%s'?"::formatted).orElse("");
    }

    /** The optimal string alignment distance (Damerau 1964, with no letter changed twice). */
    private static int distance(String left, String right) {
        int[][] steps = new int[left.length() + 1][right.length() + 1];
        for (int i = 0; i <= left.length(); i++) {
            for (int j = 0; j <= right.length(); j++) {
                steps[i][j] = fewest(steps, left, right, i, j);
            }
        }
        return steps[left.length()][right.length()];
    }

    private static int fewest(int[][] steps, String left, String right, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int replaced = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        int fewest = Math.min(steps[i - 1][j], steps[i][j - 1]) + 1;
        fewest = Math.min(fewest, steps[i - 1][j - 1] + replaced);
        return swapped(left, right, i, j) ? Math.min(fewest, steps[i - 2][j - 2] + 1) : fewest;
    }

    private static boolean swapped(String left, String right, int i, int j) {
        return i > 1
                && j > 1
                && left.charAt(i - 1) == right.charAt(j - 2)
                && left.charAt(i - 2) == right.charAt(j - 1);
    }
}
