package cofferdam.scenarios.lab;

import java.util.ArrayList;
import java.util.List;

/** Rows of words as lines whose columns stand below each other. */
final class Columns {

    private static final int GAP = 2;

    private final List<List<String>> rows = new ArrayList<>();

    /** Adds a row; each may have another number of words. */
    Columns row(String... words) {
        rows.add(List.of(words));
        return this;
    }

    List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(row.get(column));
            if (column < row.size() - 1) {
                int missing = width(column) - row.get(column).length();
                line.append(" ".repeat(missing + GAP));
            }
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream()
                .filter(row -> column < row.size())
                .mapToInt(row -> row.get(column).length())
                .max()
                .orElse(0);
    }
}
