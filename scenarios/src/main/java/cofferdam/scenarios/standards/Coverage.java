package cofferdam.scenarios.standards;

import java.util.List;
import java.util.Map;

/**
 * Which requirement is tested by which scenarios, and which by none.
 *
 * @param families in the catalogue's order
 */
public record Coverage(List<OfFamily> families) {

    public Coverage {
        families = List.copyOf(families);
    }

    /** Of one standard or catalogue. */
    public record OfFamily(Family family, List<Row> rows) {

        public OfFamily {
            rows = List.copyOf(rows);
        }

        /** How many of its requirements some scenario tests. */
        public long tested() {
            return rows.stream().filter(Row::isTested).count();
        }
    }

    /**
     * Of one requirement.
     *
     * @param scenarios the names of those that carry its id, in the order given; empty if it is
     *     tested by nothing yet
     */
    public record Row(Requirement requirement, List<String> scenarios) {

        public Row {
            scenarios = List.copyOf(scenarios);
        }

        /** Whether some scenario tests it. */
        public boolean isTested() {
            return !scenarios.isEmpty();
        }
    }

    /**
     * What these scenarios cover.
     *
     * @param idsByScenario the ids that each scenario carries, by its name, in the order in which
     *     they are to be named
     */
    public static Coverage of(Standards standards, Map<String, List<String>> idsByScenario) {
        return new Coverage(standards.families().stream()
                .map(family -> new OfFamily(
                        family,
                        family.requirements().stream()
                                .map(requirement -> row(requirement, idsByScenario))
                                .toList()))
                .toList());
    }

    private static Row row(Requirement requirement, Map<String, List<String>> idsByScenario) {
        return new Row(
                requirement,
                idsByScenario.entrySet().stream()
                        .filter(scenario -> scenario.getValue().contains(requirement.id()))
                        .map(Map.Entry::getKey)
                        .toList());
    }
}
