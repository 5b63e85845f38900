package cofferdam.scenarios.audit;

import cofferdam.analysis.rules.Rule;

import java.util.List;

/**
 * Writes what audits show, image by image as each is done, so that no report has to be kept whole.
 * Called in this order: {@link #begin}, {@link #add} for each image, {@link #end}.
 */
public interface ReportWriter {

    /** Begins the report. */
    void begin(List<Rule> rules);

    /** Adds one image. */
    void add(AuditedImage image);

    /** Ends the report. */
    void end(AuditSummary summary);
}
