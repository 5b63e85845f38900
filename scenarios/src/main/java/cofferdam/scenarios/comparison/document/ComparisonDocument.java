package cofferdam.scenarios.comparison.document;

import cofferdam.analysis.Question;
import cofferdam.analysis.Verdict;
import cofferdam.monitor.policy.PolicyChange;
import cofferdam.scenarios.comparison.Cause;
import cofferdam.scenarios.comparison.Cause.Explanation;
import cofferdam.scenarios.comparison.Cell;
import cofferdam.scenarios.comparison.Comparison;
import cofferdam.scenarios.comparison.Cost;
import cofferdam.scenarios.comparison.Difference;
import cofferdam.scenarios.comparison.Matrix;
import cofferdam.scenarios.comparison.Pairing;
import cofferdam.scenarios.comparison.Standing;
import cofferdam.scenarios.comparison.Suggestion;
import cofferdam.scenarios.comparison.document.Document.Block;
import cofferdam.scenarios.comparison.document.Document.Code;
import cofferdam.scenarios.comparison.document.Document.Field;
import cofferdam.scenarios.comparison.document.Document.Items;
import cofferdam.scenarios.comparison.document.Document.Paragraph;
import cofferdam.scenarios.comparison.document.Document.Row;
import cofferdam.scenarios.comparison.document.Document.Section;
import cofferdam.scenarios.comparison.document.Document.Table;
import cofferdam.scenarios.comparison.document.Document.Tone;
import cofferdam.scenarios.result.ResultJson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A comparison as a document: the conclusion first, then what it rests on. */
public final class ComparisonDocument {

    /** The most explanations of one difference, and the most names in one field. */
    private static final int NAMED = 3;

    private static final String NO_BOUNDARY =
            "where there is no such boundary a property was not upheld, but nothing was lost either,"
                    + " and it counts as held";

    private final Comparison comparison;
    private final int maximumColumns;

    private ComparisonDocument(Comparison comparison, int maximumColumns) {
        this.comparison = comparison;
        this.maximumColumns = maximumColumns;
    }

    /**
     * The document of a comparison.
     *
     * @param maximumColumns where more policies than this were compared, a column is headed by a
     *     number that stands for the policy, and verdicts by a sign
     */
    public static Document of(Comparison comparison, int maximumColumns) {
        ComparisonDocument made = new ComparisonDocument(comparison, maximumColumns);
        List<Section> sections = new ArrayList<>();
        sections.add(new Section(
                "Conclusion",
                List.of(
                        new Items(comparison.conclusion()),
                        made.standings(),
                        new Paragraph(NO_BOUNDARY))));
        if (made.isNarrow()) {
            sections.add(made.legend());
        }
        sections.add(new Section("Properties, the worst over all scenarios", made.condensed()));
        sections.add(new Section("Scenarios", List.of(made.matrix())));
        comparison.pairings().stream().map(made::pairing).forEach(sections::add);
        sections.add(new Section("What it costs", List.of(made.costs())));
        comparison.suggestions().stream().map(made::suggestion).forEach(sections::add);
        String title = "Comparison of %s"
                .formatted(String.join(", ", comparison.matrix().policies()));
        return new Document(title, sections);
    }

    private Table standings() {
        List<Row> rows = new ArrayList<>();
        for (Standing standing : comparison.standings()) {
            String accepted =
                    standing.accepted() == 0 ? "" : " (%d accepted)".formatted(standing.accepted());
            List<String> above = comparison.standings().stream()
                    .filter(other -> other.dominates().contains(standing.policy()))
                    .map(Standing::policy)
                    .toList();
            rows.add(new Row(List.of(
                    Field.plain(standing.policy()),
                    Field.plain(String.valueOf(standing.upheld())),
                    new Field(
                            standing.violated() + accepted,
                            standing.violated() == standing.accepted() ? Tone.PLAIN : Tone.BAD),
                    new Field(
                            String.valueOf(standing.undecided()),
                            standing.undecided() == 0 ? Tone.PLAIN : Tone.OPEN),
                    Field.plain(String.valueOf(standing.notApplicable())),
                    Field.plain(above.isEmpty() ? "-" : named(above)))));
        }
        return new Table(
                List.of(
                        "policy",
                        "upheld",
                        "violated",
                        "undecided",
                        "no boundary",
                        "all of it, and more, held by"),
                rows);
    }

    private boolean isNarrow() {
        return comparison.matrix().policies().size() > maximumColumns;
    }

    private Section legend() {
        List<String> lines = new ArrayList<>();
        List<String> policies = comparison.matrix().policies();
        for (int i = 0; i < policies.size(); i++) {
            lines.add("%d %s".formatted(i + 1, policies.get(i)));
        }
        lines.add("U upheld, V violated, a violated and accepted, ? inconclusive, E error,"
                + " - no such boundary");
        return new Section("Policies", List.of(new Items(lines)));
    }

    private List<String> header(String first) {
        List<String> header = new ArrayList<>(List.of(first));
        List<String> policies = comparison.matrix().policies();
        for (int i = 0; i < policies.size(); i++) {
            header.add(isNarrow() ? String.valueOf(i + 1) : policies.get(i));
        }
        return header;
    }

    private List<Block> condensed() {
        List<Row> rows = new ArrayList<>();
        for (Matrix.PropertyRow property : comparison.matrix().condensed()) {
            List<Field> fields = new ArrayList<>(List.of(Field.plain(property.property())));
            property.worst().forEach(worst -> fields.add(field(worst)));
            rows.add(new Row(fields));
        }
        return List.of(new Table(header("property"), rows));
    }

    private Field field(Matrix.Worst worst) {
        Verdict verdict = worst.verdict();
        if (isNarrow()) {
            return new Field(sign(verdict), tone(verdict));
        }
        boolean names = verdict != Verdict.UPHELD && verdict != Verdict.NOT_APPLICABLE;
        String places = names ? " (%s)".formatted(named(worst.scenarios())) : "";
        return new Field(word(verdict) + places, tone(verdict));
    }

    private Table matrix() {
        List<Row> rows = new ArrayList<>();
        for (Matrix.Row row : comparison.matrix().rows()) {
            List<Field> fields =
                    new ArrayList<>(List.of(Field.plain(place(row.scenario(), row.question()))));
            row.cells().forEach(cell -> fields.add(field(cell)));
            rows.add(new Row(fields));
        }
        return new Table(header("scenario and property"), rows);
    }

    private Field field(Cell cell) {
        if (cell.accepted() != null) {
            return new Field(isNarrow() ? "a" : "accepted", Tone.ACCEPTED);
        }
        Verdict verdict = cell.verdict();
        return new Field(isNarrow() ? sign(verdict) : word(verdict), tone(verdict));
    }

    private Section pairing(Pairing pairing) {
        String heading = "%s and %s".formatted(pairing.first(), pairing.second());
        String said = "configured differently in %s; %s"
                .formatted(
                        counted(pairing.keys(), "key", "keys"),
                        pairing.differences().isEmpty()
                                ? "nothing comes out differently"
                                : "%s differently"
                                        .formatted(counted(
                                                pairing.differences().size(),
                                                "property comes out",
                                                "properties come out")));
        List<Block> blocks = new ArrayList<>(List.of(new Paragraph(said)));
        if (!pairing.differences().isEmpty()) {
            blocks.add(new Table(
                    List.of(
                            "scenario and property",
                            pairing.first(),
                            pairing.second(),
                            "explained by"),
                    pairing.differences().stream().map(this::difference).toList()));
        }
        return new Section(heading, blocks);
    }

    private Row difference(Difference difference) {
        return new Row(List.of(
                Field.plain(place(difference.scenario(), difference.question())),
                new Field(word(difference.first()), tone(difference.first())),
                new Field(word(difference.second()), tone(difference.second())),
                Field.plain(explained(difference.cause()))));
    }

    private static String explained(Cause cause) {
        if (!cause.isFound()) {
            return "no set of up to %d keys explains it".formatted(cause.bound());
        }
        String policy = cause.explanations().getFirst().policy();
        String sets = cause.explanations().stream()
                .limit(NAMED)
                .map(Explanation::changes)
                .map(changes -> listed(changes, PolicyChange::toString, " with "))
                .collect(Collectors.joining(", or "));
        int more = cause.explanations().size() - NAMED;
        return "%s in %s%s".formatted(sets, policy, more > 0 ? ", or %d more".formatted(more) : "");
    }

    private Table costs() {
        List<Row> rows = new ArrayList<>();
        for (Cost cost : comparison.costs()) {
            int lost = cost.traffic().lost();
            rows.add(new Row(List.of(
                    Field.plain(cost.policy()),
                    Field.plain("%d of %d"
                            .formatted(
                                    cost.traffic().completed(), cost.traffic().begun())),
                    new Field(String.valueOf(lost), lost == 0 ? Tone.GOOD : Tone.BAD),
                    Field.plain(
                            cost.losses().isEmpty()
                                    ? "-"
                                    : cost.losses().stream()
                                            .map(loss -> "%s %d of %d"
                                                    .formatted(
                                                            loss.scenario(),
                                                            loss.lost(),
                                                            loss.begun()))
                                            .collect(Collectors.joining(", "))),
                    Field.plain(
                            cost.traffic().dropped().isEmpty()
                                    ? "-"
                                    : cost.traffic().dropped().entrySet().stream()
                                            .map(drop -> drop.getKey() + " " + drop.getValue())
                                            .collect(Collectors.joining(", "))))));
        }
        return new Table(
                List.of(
                        "policy",
                        "legitimate exchanges completed",
                        "lost",
                        "lost in",
                        "frames dropped by filters, the attacks' among them"),
                rows);
    }

    private Section suggestion(Suggestion suggestion) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Paragraph("wanted: " + String.join(", ", suggestion.wanted())));
        blocks.add(new Paragraph(answer(suggestion)));
        if (!suggestion.changes().isEmpty()) {
            blocks.add(new Code(suggestion.snippet()));
            blocks.add(new Paragraph("legitimate exchanges lost: %d before, %d with it"
                    .formatted(suggestion.before(), suggestion.after())));
        }
        if (!suggestion.withoutBoundary().isEmpty()) {
            blocks.add(new Paragraph("with it there is no such boundary any more: "
                    + listed(suggestion.withoutBoundary(), this::place, ", ")));
        }
        if (!suggestion.unmet().isEmpty()) {
            blocks.add(
                    new Paragraph("not reached: " + listed(suggestion.unmet(), this::place, ", ")));
        }
        return new Section("What to change in " + suggestion.policy(), blocks);
    }

    private static String answer(Suggestion suggestion) {
        int changes = suggestion.changes().size();
        if (suggestion.isFound()) {
            return changes == 0
                    ? "all of it holds already"
                    : "%s, tried under every scenario, %s, and nothing that held is lost"
                            .formatted(
                                    counted(changes, "change", "changes"),
                                    changes == 1 ? "does it" : "do it");
        }
        String nothing = "no set of up to %d changes that was tried does all of it"
                .formatted(suggestion.bound());
        return changes == 0 ? nothing : nothing + "; these do the rest";
    }

    private String place(Suggestion.Place place) {
        return place(place.scenario(), place.question());
    }

    /** With whom it is about only where a scenario asks for the property more than once. */
    private String place(String scenario, Question question) {
        long asked = comparison.matrix().rows().stream()
                .filter(row -> row.scenario().equals(scenario))
                .filter(row -> row.question().property().equals(question.property()))
                .count();
        if (asked == 1) {
            return "%s · %s".formatted(scenario, question.property());
        }
        String parties = String.join(" <-> ", question.subject())
                + (question.observer().isEmpty() ? "" : ", observer " + question.observer());
        return "%s · %s (%s)".formatted(scenario, question.property(), parties);
    }

    private static <T> String listed(List<T> things, Function<T, String> word, String between) {
        return things.stream().map(word).collect(Collectors.joining(between));
    }

    private static String named(List<String> names) {
        int more = names.size() - NAMED;
        String listed = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
        return more > 0 ? "%s and %d more".formatted(listed, more) : listed;
    }

    private static String counted(int count, String one, String several) {
        return "%d %s".formatted(count, count == 1 ? one : several);
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case UPHELD, INCONCLUSIVE -> ResultJson.nameOf(verdict);
            case VIOLATED, ERROR -> ResultJson.nameOf(verdict).toUpperCase(Locale.ROOT);
            case NOT_APPLICABLE -> "-";
        };
    }

    private static String sign(Verdict verdict) {
        return switch (verdict) {
            case UPHELD -> "U";
            case VIOLATED -> "V";
            case INCONCLUSIVE -> "?";
            case ERROR -> "E";
            case NOT_APPLICABLE -> "-";
        };
    }

    private static Tone tone(Verdict verdict) {
        return switch (verdict) {
            case UPHELD -> Tone.GOOD;
            case VIOLATED -> Tone.BAD;
            case INCONCLUSIVE, ERROR -> Tone.OPEN;
            case NOT_APPLICABLE -> Tone.FAINT;
        };
    }
}
