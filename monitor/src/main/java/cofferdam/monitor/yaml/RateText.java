package cofferdam.monitor.yaml;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rates as they stand in files: a whole number of thousands, millions or thousand millions of bits a
 * second, such as {@code 10Mbit}.
 */
public final class RateText {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,9})(kbit|Mbit|Gbit)");
    private static final long KILO = 1000;
    private static final long MEGA = KILO * 1000;
    private static final long GIGA = MEGA * 1000;

    private RateText() {}

    /** Reads a rate in bits a second; empty if the text has another form. */
    public static Optional<Long> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(Long.parseLong(matcher.group(1)) * unit(matcher.group(2)))
                : Optional.empty();
    }

    private static long unit(String name) {
        return switch (name.charAt(0)) {
            case 'k' -> KILO;
            case 'M' -> MEGA;
            default -> GIGA;
        };
    }

    /**
     * A rate in bits a second as text, in the largest unit of which it is a whole number.
     *
     * @throws IllegalArgumentException if it is no whole number of thousands
     */
    public static String of(long rate) {
        if (rate < 0 || rate % KILO != 0) {
            throw new IllegalArgumentException(
                    rate + " bits a second are no whole number of thousands");
        }
        if (rate % GIGA == 0 && rate > 0) {
            return rate / GIGA + "Gbit";
        }
        return rate % MEGA == 0 && rate > 0 ? rate / MEGA + "Mbit" : rate / KILO + "kbit";
    }
}
