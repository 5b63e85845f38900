package cofferdam.scenarios.comparison.document;

import cofferdam.scenarios.comparison.Cell;
import cofferdam.scenarios.comparison.Comparison;
import cofferdam.scenarios.comparison.Matrix;
import cofferdam.scenarios.result.ResultJson;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The matrix of a comparison as comma-separated values (RFC 4180): one row for each property of each
 * scenario under each policy. A field that a spreadsheet would take for a formula begins with an
 * apostrophe.
 */
public final class ComparisonCsv {

    private static final String LINE_END = "\r\n";
    private static final String FORMULA_STARTS = "=+-@\t\r";

    private ComparisonCsv() {}

    /** The file's text. */
    public static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        append(
                text,
                List.of(
                        "scenario",
                        "property",
                        "subject",
                        "observer",
                        "policy",
                        "verdict",
                        "accepted",
                        "reason"));
        Matrix matrix = comparison.matrix();
        for (Matrix.Row row : matrix.rows()) {
            for (int p = 0; p < row.cells().size(); p++) {
                Cell cell = row.cells().get(p);
                append(
                        text,
                        List.of(
                                row.scenario(),
                                row.question().property(),
                                String.join("<->", row.question().subject()),
                                row.question().observer(),
                                matrix.policies().get(p),
                                ResultJson.nameOf(cell.verdict()),
                                cell.accepted() == null ? "" : cell.accepted(),
                                cell.judgement().reason()));
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> fields) {
        text.append(fields.stream().map(ComparisonCsv::field).collect(Collectors.joining(",")))
                .append(LINE_END);
    }

    private static String field(String value) {
        boolean isFormula = !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        String safe = Shown.of(isFormula ? "'" + value : value);
        boolean isPlain = safe.chars().noneMatch(c -> c == ',' || c == '"');
        return isPlain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
