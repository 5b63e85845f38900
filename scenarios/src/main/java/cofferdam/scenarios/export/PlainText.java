package cofferdam.scenarios.export;

/** Foreign text, made one line of characters that every form can carry. */
final class PlainText {

    private static final int FIRST_NONCHARACTER_OF_PLANE = 0xfffe;
    private static final int PLANE_MASK = 0xffff;

    private PlainText() {}

    /**
     * The text with what steers, breaks lines or is forbidden in XML 1.0 shown as its number: {@code
     * \}{@code u001b}.
     */
    static String of(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> plain.append(
                        isPlain(point) ? Character.toString(point) : "\\u%04x".formatted(point)));
        return plain.toString();
    }

    private static boolean isPlain(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> (point & PLANE_MASK) < FIRST_NONCHARACTER_OF_PLANE;
        };
    }
}
