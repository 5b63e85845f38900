package cofferdam.monitor.disk;

/** A kind of structural problem. Each format has an enum of its own. */
public interface ProblemKind {

    /** Its code in reports, unique over all formats: lower-case letters, digits and hyphens. */
    String code();

    /** How much it matters. */
    Severity severity();

    /** One line for people: what it means. */
    String meaning();
}
