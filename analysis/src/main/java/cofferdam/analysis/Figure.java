package cofferdam.analysis;

/**
 * A number that a judgement rests on.
 *
 * @param name what it is, lower-case letters, digits and hyphens
 * @param value the number, or {@code did not report}
 * @param unit such as {@code %}, {@code bit/s} or {@code MiB}; empty for a plain number
 */
public record Figure(String name, String value, String unit) {}
