package cofferdam.analysis.regex;

/**
 * Bytes that stand in a match.
 *
 * @param literal with ASCII letters in lower case, though either case may stand there
 * @param minimum fewest bytes of the match before it
 * @param maximum most bytes of the match before it, {@link Integer#MAX_VALUE} for no limit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Anchor(byte[] literal, int minimum, int maximum) {}
