package cofferdam.monitor.yaml;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Gathers what is wrong in one file, so that the user learns all of it at once. */
public final class Problems {

    /** The most problems that are shown of one file. */
    public static final int MAXIMUM_SHOWN = 100;

    private static final Comparator<Problem> BY_POSITION =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    private final String file;
    private final List<Problem> found = new ArrayList<>();

    /** Gathers the problems of the file of this name. */
    public Problems(String file) {
        this.file = file;
    }

    /** Adds one: the culprit, the value, the limit; lower case, no full stop. */
    public void add(Position at, String message) {
        found.add(new Problem(file, at.line(), at.column(), message));
    }

    /** Throws everything that was found, in the order of the file, if there is anything. */
    public void throwIfAny() throws InvalidFileException {
        if (!found.isEmpty()) {
            throw exception();
        }
    }

    /** An exception with everything that was found and this. */
    InvalidFileException with(Position at, String message) {
        add(at, message);
        return exception();
    }

    private InvalidFileException exception() {
        List<Problem> shown = new ArrayList<>(found);
        shown.sort(BY_POSITION);
        int more = shown.size() - MAXIMUM_SHOWN;
        if (more > 0) {
            shown.subList(MAXIMUM_SHOWN, shown.size()).clear();
            shown.add(new Problem(file, 0, 0, "%d more problems".formatted(more)));
        }
        return new InvalidFileException(shown);
    }
}
