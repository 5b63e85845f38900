package cofferdam.scenarios.export;

import cofferdam.analysis.EvidenceReference;
import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.scenarios.result.Cell;
import cofferdam.scenarios.result.PropertyResult;
import cofferdam.scenarios.result.ResultJson;
import cofferdam.scenarios.result.RunResult;

/** Results in words that all forms share. Foreign text in it is not escaped yet. */
public final class ResultWords {

    private ResultWords() {}

    /** The verdict and what is made of it: {@code violated, accepted until 2027-01-31}. */
    public static String verdict(PropertyResult result) {
        String verdict = ResultJson.nameOf(result.judgement().verdict());
        if (result.isLapsed()) {
            return "%s, accepted until %s, which is over".formatted(verdict, result.until());
        }
        if (result.isAccepted()) {
            return result.until() == null
                    ? verdict + ", accepted"
                    : "%s, accepted until %s".formatted(verdict, result.until());
        }
        if (result.isKnown()) {
            return verdict + ", known from the baseline";
        }
        return verdict + beside(result);
    }

    private static String beside(PropertyResult result) {
        Verdict expected = result.expected();
        if (expected == null) {
            return "";
        }
        return result.isAsItShouldBe()
                ? ", as expected"
                : ", expected " + ResultJson.nameOf(expected);
    }

    /** The question without its scenario: {@code arp-integrity (vm1 <-> source, observer vm2)}. */
    static String question(PropertyResult result) {
        Question question = result.judgement().question();
        return "%s (%s)".formatted(question.property(), Cell.parties(question));
    }

    /** Where a piece of evidence lies in the bundle: {@code .../captures/vm2.pcapng frames 12}. */
    static String place(RunResult run, EvidenceReference reference) {
        return "%s/%s %s"
                .formatted(run.folder(), reference.file(), EvidenceWords.places(reference))
                .strip();
    }
}
