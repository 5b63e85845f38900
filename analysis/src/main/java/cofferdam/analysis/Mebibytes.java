package cofferdam.analysis;

/** Sizes as people read them, the same in every locale. */
final class Mebibytes {

    static final String UNIT = "MiB";

    private static final long HUNDREDTHS = 100;
    private static final int SHIFT = 20;

    private Mebibytes() {}

    /** A size in MiB with two decimals, rounded down. */
    static String number(long bytes) {
        long whole = bytes >> SHIFT;
        long part = ((bytes - (whole << SHIFT)) * HUNDREDTHS) >> SHIFT;
        return "%d.%s%d".formatted(whole, part < 10 ? "0" : "", part);
    }

    /** The number and the unit. */
    static String text(long bytes) {
        return number(bytes) + " " + UNIT;
    }
}
