package cofferdam.analysis;

import java.util.List;

/**
 * A question's answer.
 *
 * @param reason why, in one line without full stop
 * @param evidence what proves it: at most {@link #MAXIMUM_FRAMES} frames in all, or places in images;
 *     the reason has the full count
 * @param figures the numbers that it rests on
 */
public record Judgement(
        Question question,
        Verdict verdict,
        String reason,
        List<EvidenceReference> evidence,
        List<Figure> figures) {

    /** The most frames that a judgement points at. */
    public static final int MAXIMUM_FRAMES = 100;

    public Judgement {
        evidence = List.copyOf(evidence);
        figures = List.copyOf(figures);
    }

    /** An answer that rests on no numbers. */
    public Judgement(
            Question question, Verdict verdict, String reason, List<EvidenceReference> evidence) {
        this(question, verdict, reason, evidence, List.of());
    }

    /** The same answer with the numbers that it rests on. */
    Judgement with(List<Figure> numbers) {
        return new Judgement(question, verdict, reason, evidence, numbers);
    }

    /** The same answer with another reason. */
    Judgement because(String changed) {
        return new Judgement(question, verdict, changed, evidence, figures);
    }

    /** The frames among the evidence. */
    public List<FrameReference> frames() {
        return evidence.stream()
                .filter(FrameReference.class::isInstance)
                .map(FrameReference.class::cast)
                .toList();
    }

    static Judgement upheld(Question question, String reason) {
        return new Judgement(question, Verdict.UPHELD, reason, List.of());
    }

    static Judgement inconclusive(Question question, String reason) {
        return new Judgement(question, Verdict.INCONCLUSIVE, reason, List.of());
    }

    static Judgement violated(Question question, String reason, Pointers evidence) {
        return new Judgement(
                question, Verdict.VIOLATED, reason, List.copyOf(evidence.references()));
    }

    static Judgement violated(
            Question question, String reason, List<? extends EvidenceReference> evidence) {
        return new Judgement(question, Verdict.VIOLATED, reason, List.copyOf(evidence));
    }
}
