package cofferdam.scenarios.comparison.document;

/** Text that others chose, made visible. */
final class Shown {

    private Shown() {}

    /** The text with every control and formatting character shown as its number. */
    static String of(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean harmless =
                    !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT;
            shown.append(harmless ? Character.toString(point) : "\\u%04x".formatted(point));
        });
        return shown.toString();
    }
}
