package cofferdam.monitor;

/**
 * What the makers of a monitor say of its isolation, so that nobody takes a verdict for a promise.
 *
 * @param claim whether they stand for it
 * @param statement one sentence for people, with a full stop
 * @param source where they say it: an address, or the name of a document
 */
public record SecuritySupport(Claim claim, String statement, String source) {

    /** Whether a monitor's makers stand for its isolation. */
    public enum Claim {
        /** They treat a guest that breaks out as a security defect. */
        BOUNDARY,
        /** They say that it is none, or do not say that it is one. */
        NO_BOUNDARY,
        /** A model, which isolates nothing of anybody's. */
        MODEL
    }
}
