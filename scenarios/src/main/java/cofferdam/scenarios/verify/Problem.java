package cofferdam.scenarios.verify;

/**
 * Something about a bundle that is not as it should be.
 *
 * @param file its path in the bundle, or the folder's name followed by a slash
 * @param detail what is wrong with it, in one line
 */
public record Problem(Kind kind, String file, String detail) {

    /** What sort of thing is wrong. */
    public enum Kind {
        /** Nobody answers for the manifest, or somebody else than who should. */
        SIGNATURE,
        /** A document is not what the program writes. */
        MALFORMED,
        /** A file has other bytes than the manifest says, or is no plain file. */
        CHANGED,
        /** A file of the manifest is not there. */
        MISSING,
        /** Something is there that the manifest does not list. */
        ADDED,
        /** What is told of a run is not what its evidence shows. */
        VERDICT
    }
}
