package cofferdam.monitor.evidence;

import java.util.regex.Pattern;

/**
 * The name of one legitimate exchange, unlike any other in a run, so that its bytes are recognised
 * wherever they turn up.
 *
 * @param value 32 lower-case hexadecimal digits (128 bits)
 */
public record FlowId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public FlowId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a flow id of 32 hexadecimal digits".formatted(value));
        }
    }

    /** The flow id of two 64-bit numbers. */
    public static FlowId of(long high, long low) {
        return new FlowId("%016x%016x".formatted(high, low));
    }

    @Override
    public String toString() {
        return value;
    }
}
