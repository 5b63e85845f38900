package cofferdam.monitor.evidence;

import java.util.regex.Pattern;

/**
 * A secret that somebody keeps, unlike anything else in a run, so that its bytes are recognised
 * wherever they turn up.
 *
 * @param value 32 lower-case hexadecimal digits (128 bits)
 */
public record Canary(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public Canary {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a canary of 32 hexadecimal digits".formatted(value));
        }
    }

    /** The canary of two 64-bit numbers. */
    public static Canary of(long high, long low) {
        return new Canary("%016x%016x".formatted(high, low));
    }

    @Override
    public String toString() {
        return value;
    }
}
