package cofferdam.scenarios.agreement;

import cofferdam.analysis.Judgement;
import cofferdam.analysis.Verdict;
import cofferdam.scenarios.agreement.Agreement.Disagreement;
import cofferdam.scenarios.agreement.Agreement.Row;
import cofferdam.scenarios.comparison.document.Document;
import cofferdam.scenarios.comparison.document.Document.Field;
import cofferdam.scenarios.comparison.document.Document.Items;
import cofferdam.scenarios.comparison.document.Document.Section;
import cofferdam.scenarios.comparison.document.Document.Table;
import cofferdam.scenarios.comparison.document.Document.Tone;
import cofferdam.scenarios.result.ResultJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** An agreement as a document: the counts, the table, and the cause of every disagreement. */
public final class AgreementDocument {

    private static final String SAME = "=";

    private final Agreement agreement;
    private final List<String> causes = new ArrayList<>();

    private AgreementDocument(Agreement agreement) {
        this.agreement = agreement;
    }

    /**
     * The document.
     *
     * @param remarks sentences about the monitors
     */
    public static Document of(Agreement agreement, List<String> remarks) {
        AgreementDocument made = new AgreementDocument(agreement);
        List<Section> sections = new ArrayList<>();
        List<String> conclusion = new ArrayList<>();
        conclusion.add(made.counts());
        conclusion.addAll(remarks);
        sections.add(new Section("Conclusion", List.of(new Items(conclusion))));
        sections.add(new Section("Verdicts", List.of(made.table())));
        if (!made.causes.isEmpty()) {
            sections.add(new Section(
                    "Where they disagree, and why", List.of(new Items(made.numbered()))));
        }
        return new Document(
                "Agreement of %s".formatted(String.join(", ", agreement.monitors())), sections);
    }

    /** The causes as they are referred to; one may be of several disagreements. */
    private List<String> numbered() {
        return IntStream.range(0, causes.size())
                .mapToObj(at -> "(%d) %s".formatted(at + 1, causes.get(at)))
                .toList();
    }

    private String counts() {
        int disagreements = agreement.disagreements().size();
        return "%d of %d verdicts are the same on all monitors; %d of %d disagreements are explained by"
                        .formatted(
                                agreement.agreeing(),
                                agreement.rows().size(),
                                disagreements - agreement.unexplained(),
                                disagreements)
                + " the evidence";
    }

    private Table table() {
        List<String> header = new ArrayList<>(List.of("scenario", "property", "policy"));
        header.addAll(agreement.monitors());
        header.add("same");
        List<Document.Row> rows = new ArrayList<>();
        for (Row row : agreement.rows()) {
            List<Field> fields = new ArrayList<>();
            fields.add(Field.plain(row.scenario()));
            fields.add(Field.plain(property(row)));
            fields.add(Field.plain(row.policy()));
            row.cells().forEach(cell -> fields.add(verdict(cell)));
            fields.add(same(row));
            rows.add(new Document.Row(fields));
        }
        return new Table(header, rows);
    }

    /** With its parties, where the scenario asks it more than once. */
    private String property(Row row) {
        String name = row.question().property();
        boolean again = agreement.rows().stream()
                .anyMatch(other -> other.scenario().equals(row.scenario())
                        && other.question().property().equals(name)
                        && !other.question().equals(row.question()));
        return again
                ? "%s (%s)".formatted(name, String.join(" <-> ", row.question().subject()))
                : name;
    }

    private static Field verdict(Judgement judgement) {
        String name = ResultJson.nameOf(judgement.verdict());
        boolean loud = judgement.verdict() == Verdict.VIOLATED;
        return new Field(loud ? name.toUpperCase(Locale.ROOT) : name, tone(judgement.verdict()));
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case UPHELD -> Tone.GOOD;
            case VIOLATED -> Tone.BAD;
            case INCONCLUSIVE, ERROR -> Tone.OPEN;
            case NOT_APPLICABLE -> Tone.FAINT;
        };
    }

    /** A sign, or the numbers of the causes below. */
    private Field same(Row row) {
        if (row.agrees()) {
            return Field.plain(SAME);
        }
        List<String> numbers = new ArrayList<>();
        boolean found = true;
        for (Disagreement disagreement : row.disagreements()) {
            String cause = disagreement.explanation().words();
            if (!causes.contains(cause)) {
                causes.add(cause);
            }
            numbers.add("(%d)".formatted(causes.indexOf(cause) + 1));
            found &= disagreement.explanation().isFound();
        }
        return new Field("no " + String.join(" ", numbers), found ? Tone.ACCEPTED : Tone.OPEN);
    }
}
