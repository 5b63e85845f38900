package cofferdam.monitor.disk;

/**
 * A structural problem of one image.
 *
 * @param detail what was found where, in one line without full stop; names that come from the image
 *     are in it as they are, so whoever prints it escapes it
 */
public record Problem(ProblemKind kind, String detail) {}
