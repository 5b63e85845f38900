package cofferdam.scenarios.standards;

/**
 * Something that a standard asks for, or that a catalogue of attacks or weaknesses names.
 *
 * @param id as scenarios carry it, such as {@code FDP_VNC_EXT.1}, {@code T1040} or {@code CWE-319}
 * @param name its title
 * @param says what it is, in one line of our own words, or empty
 * @param evaluation how an evaluator of the standard checks it
 * @param note what is worth knowing of the evaluator's test, or empty
 */
public record Requirement(String id, String name, String says, Evaluation evaluation, String note) {

    /** How an evaluator of a standard checks a requirement. */
    public enum Evaluation {
        /** By a test of the product. */
        TEST,
        /** By reading documents; nothing is tested. */
        REVIEW,
        /** The document says nothing of evaluators, as a catalogue of attacks does not. */
        NONE
    }
}
