package cofferdam.scenarios.cli;

import java.util.Locale;

/** In which form an audit prints. */
enum AuditFormat {
    /** For people. */
    TEXT,
    /** One JSON document and nothing else. */
    JSON,
    /** One JSON object a line. */
    JSONL,
    /** SARIF 2.1.0. */
    SARIF,
    /** Findings alone, as comma-separated values. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
