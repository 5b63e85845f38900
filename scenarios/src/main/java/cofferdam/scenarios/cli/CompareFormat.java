package cofferdam.scenarios.cli;

import java.util.Locale;

/** In which form a comparison is printed. */
enum CompareFormat {
    /** For people, on a terminal. */
    TEXT,
    /** One JSON document and nothing else. */
    JSON,
    /** The matrix, one row for each verdict. */
    CSV,
    /** For a page or a pull request. */
    MARKDOWN,
    /** One file that needs nothing else. */
    HTML;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
