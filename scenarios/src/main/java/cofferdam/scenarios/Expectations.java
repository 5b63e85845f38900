package cofferdam.scenarios;

import cofferdam.monitor.yaml.BuiltIns;
import cofferdam.monitor.yaml.InvalidFileException;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is expected of a set of runs.
 *
 * @param name lower-case letters, digits, dots and hyphens
 * @param summary one line for people
 */
public record Expectations(String name, String summary, List<Expectation> rows) {

    /** What the thesis of 2003 found, and what its configurations imply beyond that. */
    public static final String THESIS_2003 = "thesis-2003";

    private static final BuiltIns<Expectations> BUILT_IN = new BuiltIns<>(
            "expectation", Map.of(THESIS_2003, builtIn(THESIS_2003)), ExpectationFile::read);

    public Expectations {
        rows = List.copyOf(rows);
    }

    /**
     * The built-in expectations of that name, or else those in the file at that path.
     *
     * @throws InvalidFileException if it is neither, or the file is wrong
     */
    public static Expectations load(String nameOrPath) throws InvalidFileException {
        return BUILT_IN.load(nameOrPath);
    }

    /** The built-in expectations. */
    public static List<Expectations> all() {
        return BUILT_IN.all();
    }

    /** What is expected; empty if nothing is. */
    public Optional<ExpectedVerdict> verdict(String scenario, String property, String policy) {
        return rows.stream()
                .filter(row -> row.scenario().equals(scenario) && row.property().equals(property))
                .flatMap(row -> Optional.ofNullable(row.verdicts().get(policy)).stream())
                .findFirst();
    }

    private static Expectations builtIn(String name) {
        String file = "expectations/" + name + ".yaml";
        InputStream in = Expectations.class.getResourceAsStream(file);
        return BuiltIns.resource(file, in, ExpectationFile::parse);
    }
}
