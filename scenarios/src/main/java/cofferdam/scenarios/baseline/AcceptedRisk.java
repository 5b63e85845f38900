package cofferdam.scenarios.baseline;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Why a violation is tolerated, and for how long.
 *
 * @param reason for people
 * @param until the last day; empty if there is none
 */
public record AcceptedRisk(String reason, Optional<LocalDate> until) {

    /** Whether it holds no more on this day. */
    boolean isOver(LocalDate today) {
        return until.filter(today::isAfter).isPresent();
    }
}
