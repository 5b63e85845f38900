package cofferdam.monitor.yaml;

import java.util.Comparator;

/**
 * A place in a file.
 *
 * @param line from 1, or 0 for no place
 * @param column from 1, counted in Unicode code points, or 0 for no place
 */
public record Position(int line, int column) implements Comparable<Position> {

    /** Concerns the file as a whole. */
    public static final Position NONE = new Position(0, 0);

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** The place just behind this text, if the text begins in line 1 and column 1. */
    static Position behind(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int codePoint : text.codePoints().toArray()) {
            line += codePoint == '\n' ? 1 : 0;
            column = codePoint == '\n' ? 1 : column + 1;
        }
        return new Position(line, column);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
