package cofferdam.analysis.plot;

/**
 * How a curve looks: the colours of Okabe and Ito, which people with any kind of colour vision can
 * tell apart, and dashes for those who print in grey.
 */
enum Style {
    LIMIT("#d55e00", "8 4"),
    USED("#0072b2", ""),
    FRAMES("#009e73", ""),
    SHARED("#cc79a7", ""),
    BALLOONED("#56b4e9", "2 2"),
    SWAPPED("#e69f00", ""),
    OWN("#0072b2", "4 3"),
    OWN_SWAP("#e69f00", "4 3"),
    CONSOLE("#000000", "1 3");

    private final String colour;
    private final String dashes;

    Style(String colour, String dashes) {
        this.colour = colour;
        this.dashes = dashes;
    }

    /** The attributes of a line in SVG. */
    String attributes() {
        String dashed = dashes.isEmpty() ? "" : " stroke-dasharray=\"%s\"".formatted(dashes);
        return "fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"%s".formatted(colour, dashed);
    }
}
