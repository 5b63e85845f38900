package cofferdam.monitor.disk;

/** How much a structural problem matters to whoever has to trust the image. */
public enum Severity {
    /** Worth knowing. */
    LOW,
    /** Exposes something, or makes readers disagree about what the image says. */
    MEDIUM,
    /** Opens a way to other files or to other tenants' data, or makes a reader fail. */
    HIGH
}
