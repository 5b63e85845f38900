package cofferdam.scenarios;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlFile;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Expectations as YAML files. Everything that is wrong with a file is reported at once. Every key
 * is required:
 *
 * <pre>
 * expectations: name
 * summary: one line
 * rows:
 *   - scenario: name
 *     property: name
 *     verdicts: {policy: upheld | violated | not-applicable, ...}
 *     origin: tested | implied
 *     basis: text
 * </pre>
 */
public final class ExpectationFile {

    /** The most rows of one file. */
    static final int MAXIMUM_ROWS = 1000;

    private static final Words<ExpectedVerdict> VERDICTS = Words.of(ExpectedVerdict.class);
    private static final Words<Expectation.Origin> ORIGINS = Words.of(Expectation.Origin.class);

    private static final List<String> KEYS = List.of("expectations", "summary", "rows");
    private static final List<String> ROW_KEYS =
            List.of("scenario", "property", "verdicts", "origin", "basis");

    private ExpectationFile() {}

    /**
     * Reads the expectations in a file.
     *
     * @throws InvalidFileException with everything that is wrong
     */
    public static Expectations read(Path path) throws InvalidFileException {
        return read(YamlFile.read(path));
    }

    /**
     * Reads the expectations in the bytes of a file.
     *
     * @param name what messages call the file
     * @throws InvalidFileException with everything that is wrong
     */
    public static Expectations parse(String name, byte[] bytes) throws InvalidFileException {
        return read(YamlFile.parse(name, bytes));
    }

    private static Expectations read(YamlMapping root) throws InvalidFileException {
        root.allow(KEYS);
        String name = root.require("expectations").flatMap(YamlValue::name).orElse("");
        String summary = text(root, "summary").orElse("");
        List<Expectation> rows = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<YamlValue> values =
                root.require("rows").map(value -> value.list(1, MAXIMUM_ROWS)).orElse(List.of());
        for (YamlValue value : values) {
            Optional<Expectation> row = value.mapping().flatMap(ExpectationFile::row);
            row.filter(found -> !seen.add(found.scenario() + " " + found.property()))
                    .ifPresent(found -> value.reject(twice(found)));
            row.ifPresent(rows::add);
        }
        root.problems().throwIfAny();
        return new Expectations(name, summary, rows);
    }

    private static String twice(Expectation row) {
        return "have %s of %s twice".formatted(row.property(), row.scenario());
    }

    private static Optional<Expectation> row(YamlMapping mapping) {
        mapping.allow(ROW_KEYS);
        Optional<String> property = mapping.require("property").flatMap(YamlValue::name);
        Map<String, ExpectedVerdict> verdicts = mapping.require("verdicts")
                .flatMap(YamlValue::mapping)
                .map(ExpectationFile::verdicts)
                .orElse(Map.of());
        Optional<Expectation.Origin> origin =
                mapping.require("origin").flatMap(value -> value.choice(ORIGINS));
        String basis = text(mapping, "basis").orElse("");
        Optional<String> scenario = mapping.require("scenario").flatMap(YamlValue::name);
        if (scenario.isEmpty() || property.isEmpty() || origin.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Expectation(scenario.get(), property.get(), verdicts, origin.get(), basis));
    }

    private static Map<String, ExpectedVerdict> verdicts(YamlMapping mapping) {
        Map<String, ExpectedVerdict> verdicts = new LinkedHashMap<>();
        mapping.allowNames()
                .values()
                .forEach((policy, value) ->
                        value.choice(VERDICTS).ifPresent(verdict -> verdicts.put(policy, verdict)));
        return verdicts;
    }

    private static Optional<String> text(YamlMapping mapping, String key) {
        return mapping.require(key).flatMap(value -> value.text(ScenarioReader.MAXIMUM_TEXT));
    }
}
