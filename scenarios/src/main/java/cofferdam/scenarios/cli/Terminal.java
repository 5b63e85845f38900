package cofferdam.scenarios.cli;

/** Text that others chose, made safe for a terminal. */
final class Terminal {

    private Terminal() {}

    /** The text with every control character, escape sequences among them, shown as its number. */
    static String safe(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean harmless =
                    !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT;
            safe.append(harmless ? Character.toString(point) : "\\u%04x".formatted(point));
        });
        return safe.toString();
    }
}
