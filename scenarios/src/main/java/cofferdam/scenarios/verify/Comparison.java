package cofferdam.scenarios.verify;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Question;
import cofferdam.scenarios.result.ResultJson;

import java.util.ArrayList;
import java.util.List;

/**
 * What a document tells of verdicts, held against what the evidence shows. A wrong verdict is
 * always a problem. Of the same program the reason, the places in the evidence and the figures must
 * be the same too; another version may word and point differently, which is remarked.
 *
 * @param problems each names the property
 * @param remarks what another version of the program told differently
 */
record Comparison(List<String> problems, List<String> remarks) {

    Comparison {
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    /**
     * Compares judgements one by one.
     *
     * @param recorded what the document tells
     * @param judged what the evidence shows, in the form in which documents are read
     * @param sameProgram whether the program that wrote the document is this one
     */
    static Comparison of(List<Judgement> recorded, List<Judgement> judged, boolean sameProgram) {
        List<String> problems = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        if (recorded.size() != judged.size()) {
            problems.add("it tells of %d properties, the scenario asks for %d"
                    .formatted(recorded.size(), judged.size()));
        }
        for (int i = 0; i < Math.min(recorded.size(), judged.size()); i++) {
            compare(recorded.get(i), judged.get(i), problems, sameProgram ? problems : remarks);
        }
        return new Comparison(problems, remarks);
    }

    private static void compare(
            Judgement recorded, Judgement judged, List<String> problems, List<String> lesser) {
        String about = about(judged.question());
        if (!recorded.question().equals(judged.question())) {
            problems.add("%s: it tells of %s instead".formatted(about, about(recorded.question())));
            return;
        }
        if (recorded.verdict() != judged.verdict()) {
            problems.add("%s: it says %s, the evidence shows %s: %s"
                    .formatted(
                            about,
                            ResultJson.nameOf(recorded.verdict()),
                            ResultJson.nameOf(judged.verdict()),
                            judged.reason()));
            return;
        }
        if (!recorded.reason().equals(judged.reason())) {
            lesser.add("%s: its reason is '%s', the evidence gives '%s'"
                    .formatted(about, recorded.reason(), judged.reason()));
        }
        if (!recorded.evidence().equals(judged.evidence())) {
            lesser.add("%s: it does not point at what proves it".formatted(about));
        }
        if (!recorded.figures().equals(judged.figures())) {
            lesser.add("%s: its figures are not those of the evidence".formatted(about));
        }
    }

    private static String about(Question question) {
        String observer = question.observer().isEmpty() ? "" : ", observer " + question.observer();
        return "%s (%s%s)"
                .formatted(question.property(), String.join(" <-> ", question.subject()), observer);
    }
}
