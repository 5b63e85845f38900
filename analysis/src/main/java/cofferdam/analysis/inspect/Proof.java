package cofferdam.analysis.inspect;

/**
 * A frame that somebody wrote a comment on, or that a verdict points at.
 *
 * @param frame its number, from 1
 * @param time in nanoseconds since 1970-01-01T00:00:00Z
 * @param summary what it says, in a few words
 * @param comment its packet comment, or empty
 */
public record Proof(int frame, long time, String summary, String comment) {}
