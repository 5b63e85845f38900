package cofferdam.analysis.audit;

/** Hears how far the audit of one image is. */
@FunctionalInterface
public interface AuditListener {

    /** Hears nothing. */
    AuditListener NONE = (scanned, total) -> {};

    /**
     * Tells how much of the image's files has been searched.
     *
     * @param scanned bytes searched so far
     * @param total bytes that there are to search
     */
    void progress(long scanned, long total);
}
