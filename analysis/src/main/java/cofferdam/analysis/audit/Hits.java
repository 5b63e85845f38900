package cofferdam.analysis.audit;

import cofferdam.analysis.rules.Rule;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** All matches in one image; how many are kept is limited, whatever the image holds. */
final class Hits {

    /** The most matches of one rule that are kept of one image. */
    static final int MOST_OF_A_RULE = 10_000;

    /** The most matches that are kept of one image. */
    static final int MOST = 100_000;

    private static final Comparator<Hit> BY_FILE =
            Comparator.<Hit>comparingInt(hit -> hit.file).thenComparingLong(hit -> hit.fileOffset);

    private final CompiledRules rules;
    private final Problems problems;
    private final int[] counts;
    private final List<Hit> all = new ArrayList<>();
    private Hit[] inFiles = new Hit[0];

    Hits(CompiledRules rules, Problems problems) {
        this.rules = rules;
        this.problems = problems;
        this.counts = new int[rules.rules().size()];
    }

    /**
     * Takes the match of a needle; null if the rule's checks refuse it or there are too many.
     *
     * @param stored how its bytes lie in the file
     */
    @Nullable
    Hit take(int needle, MemorySegment bytes, long start, long end, Finding.Stored stored) {
        int index = rules.ruleOf(needle);
        Rule rule = rules.rules().get(index);
        if (counts[index] > MOST_OF_A_RULE) {
            return null;
        }
        byte[] match = bytes.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
        if (!rule.accepts(match)) {
            return null;
        }
        counts[index]++;
        if (counts[index] > MOST_OF_A_RULE || all.size() >= MOST) {
            counts[index] = MOST_OF_A_RULE + 1;
            problems.add(
                    AuditProblem.FINDINGS_LIMITED,
                    "only the first %d matches of a rule, and %d in all, are told: more of %s"
                            .formatted(MOST_OF_A_RULE, MOST, rule.id()));
            return null;
        }
        Hit hit = new Hit(index, Match.of(match), stored);
        all.add(hit);
        return hit;
    }

    List<Hit> all() {
        return all;
    }

    /** Ends the search of the files' own bytes: what was taken so far can be found by its place. */
    void indexFiles() {
        inFiles = all.toArray(Hit[]::new);
        java.util.Arrays.sort(inFiles, BY_FILE);
    }

    /** Whether any match was found in the files' own bytes. */
    boolean isIndexEmpty() {
        return inFiles.length == 0;
    }

    /** The matches in the files' own bytes that begin in this range. */
    void inFile(int file, long from, long to, Consumer<Hit> visitor) {
        for (int i = firstNotBefore(file, from);
                i < inFiles.length && inFiles[i].file == file && inFiles[i].fileOffset < to;
                i++) {
            visitor.accept(inFiles[i]);
        }
    }

    private int firstNotBefore(int file, long offset) {
        int low = 0;
        int high = inFiles.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            Hit hit = inFiles[middle];
            if (hit.file < file || (hit.file == file && hit.fileOffset < offset)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
