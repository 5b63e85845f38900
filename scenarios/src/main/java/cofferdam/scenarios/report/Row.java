package cofferdam.scenarios.report;

import java.util.List;
import java.util.Optional;

/**
 * A property of a scenario, under every policy.
 *
 * @param number its place, from 0
 * @param property its name, with the parties where a scenario asks it more than once
 * @param cells one for each column, empty where it was not run
 */
public record Row(int number, String scenario, String property, List<Optional<Cell>> cells) {

    public Row {
        cells = List.copyOf(cells);
    }
}
