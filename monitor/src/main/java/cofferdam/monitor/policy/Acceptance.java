package cofferdam.monitor.policy;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A violation that the policy's owner has accepted. It stays a violation, and reports show it as
 * accepted.
 *
 * @param scenario the scenario's name, or {@code *} for all
 * @param property the property's name
 * @param reason why, for people
 * @param until the last day on which it is accepted; empty if there is none. Evidence and bundles
 *     tell it and know no calendar: only the command line looks whether it has passed
 */
public record Acceptance(
        String scenario, String property, String reason, Optional<LocalDate> until) {

    /** One that is accepted for good. */
    public Acceptance(String scenario, String property, String reason) {
        this(scenario, property, reason, Optional.empty());
    }

    /** Whether it holds no more on this day. */
    public boolean isOver(LocalDate today) {
        return until.filter(today::isAfter).isPresent();
    }
}
