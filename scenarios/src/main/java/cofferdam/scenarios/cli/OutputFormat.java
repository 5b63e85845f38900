package cofferdam.scenarios.cli;

/** In which form a command prints. */
enum OutputFormat {
    /** For people. */
    TEXT,
    /** One JSON document and nothing else. */
    JSON;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
