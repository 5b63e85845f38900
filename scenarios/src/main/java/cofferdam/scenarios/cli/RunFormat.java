package cofferdam.scenarios.cli;

import java.util.Locale;

/** In which form results are printed. */
enum RunFormat {
    /** For people. */
    TEXT,
    /** One JSON document and nothing else. */
    JSON,
    /** JUnit XML, for build servers. */
    JUNIT,
    /** SARIF 2.1.0, for code scanning. */
    SARIF,
    /** GitHub Flavored Markdown, for a pull request. */
    MARKDOWN;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
