package cofferdam.scenarios.result;

import cofferdam.analysis.Question;
import cofferdam.monitor.evidence.Sha256;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/**
 * What a verdict is about: one question of a scenario under a policy on a monitor. The seed is no
 * part of it: the same weakness found with another seed is the same weakness.
 */
public record Cell(String scenario, String policy, String monitor, Question question)
        implements Comparable<Cell> {

    private static final Comparator<Cell> ORDER = Comparator.comparing(Cell::scenario)
            .thenComparing(Cell::policy)
            .thenComparing(Cell::monitor)
            .thenComparing(cell -> cell.question.property())
            .thenComparing(cell -> String.join(" ", cell.question.subject()))
            .thenComparing(cell -> cell.question.observer());

    private static final int FINGERPRINT_DIGITS = 32;

    /** What this result of a run is about. */
    public static Cell of(RunResult run, PropertyResult result) {
        return new Cell(
                run.scenario(), run.policy(), run.monitor(), result.judgement().question());
    }

    /** The machines in words: {@code vm1 <-> source, observer vm2}. */
    public static String parties(Question question) {
        String subject = String.join(" <-> ", question.subject());
        return question.observer().isEmpty()
                ? subject
                : subject + ", observer " + question.observer();
    }

    /** All of it in one line for people. */
    public String words() {
        return "%s under %s: %s (%s)"
                .formatted(scenario, policy, question.property(), parties(question));
    }

    /** 32 hexadecimal digits that stay the same as long as the question does. */
    public String fingerprint() {
        String text = String.join(
                "\n",
                scenario,
                policy,
                monitor,
                question.property(),
                String.join(" ", question.subject()),
                question.observer());
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).substring(0, FINGERPRINT_DIGITS);
    }

    @Override
    public int compareTo(Cell other) {
        return ORDER.compare(this, other);
    }
}
