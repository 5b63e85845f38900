package cofferdam.scenarios.baseline;

import cofferdam.scenarios.result.Cell;

/**
 * A violation of the baseline that is there no longer, though its run was repeated.
 *
 * @param now the verdict's name, or {@link #NOT_ASKED}
 */
public record Gone(Cell cell, String now) {

    /** The scenario does not ask this question any more. */
    public static final String NOT_ASKED = "not asked";
}
