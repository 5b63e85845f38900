package cofferdam.scenarios.audit;

import cofferdam.analysis.audit.ImageReport;

import java.time.Duration;

/**
 * The audit of one image, and how long it took.
 *
 * @param path as the user named it
 */
public record AuditedImage(String path, ImageReport report, Duration duration) {

    /** The duration in milliseconds, to a hundredth. */
    double millis() {
        return Math.round(duration.toNanos() / 1e4) / 1e2;
    }
}
