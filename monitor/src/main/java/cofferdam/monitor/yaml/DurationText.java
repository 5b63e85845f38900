package cofferdam.monitor.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as they stand in files: a decimal number and a unit, such as {@code 1.5s}. */
public final class DurationText {

    private static final Pattern TEXT =
            Pattern.compile("([0-9]{1,19}(?:\\.[0-9]{1,18})?)(ns|us|ms|s|m|h)");

    /** The largest unit first. */
    private enum Unit {
        H(3_600_000_000_000L),
        M(60_000_000_000L),
        S(1_000_000_000L),
        MS(1_000_000L),
        US(1_000L),
        NS(1L);

        private final long nanos;

        Unit(long nanos) {
            this.nanos = nanos;
        }

        private BigInteger size() {
            return BigInteger.valueOf(nanos);
        }
    }

    private DurationText() {}

    /**
     * Reads a length of time, exactly.
     *
     * @return empty if the text has another form, or the time is not a whole number of nanoseconds
     *     that 64 bits hold
     */
    public static Optional<Duration> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Unit unit = Unit.valueOf(matcher.group(2).toUpperCase(Locale.ROOT));
        BigDecimal nanos =
                new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.nanos));
        boolean exact = nanos.stripTrailingZeros().scale() <= 0;
        boolean small = nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return exact && small ? Optional.of(Duration.ofNanos(nanos.longValue())) : Optional.empty();
    }

    /** A length of time, not negative, in the largest unit of which it is a whole number. */
    public static String of(Duration duration) {
        BigInteger nanos = BigInteger.valueOf(duration.getSeconds())
                .multiply(Unit.S.size())
                .add(BigInteger.valueOf(duration.getNano()));
        if (nanos.signum() == 0) {
            return "0s";
        }
        for (Unit unit : Unit.values()) {
            BigInteger[] parts = nanos.divideAndRemainder(unit.size());
            if (parts[1].signum() == 0) {
                return parts[0] + unit.name().toLowerCase(Locale.ROOT);
            }
        }
        throw new IllegalStateException("%s is no number of nanoseconds".formatted(duration));
    }
}
