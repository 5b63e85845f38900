package cofferdam.scenarios.cli;

import java.util.Locale;

/** In which form an agreement is printed. */
enum AgreeFormat {
    /** For people, on a terminal. */
    TEXT,
    /** One JSON document and nothing else. */
    JSON,
    /** For a page or a pull request. */
    MARKDOWN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
