package cofferdam.scenarios.baseline;

import cofferdam.analysis.Question;
import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlFile;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlText;
import cofferdam.monitor.yaml.YamlValue;
import cofferdam.scenarios.result.Cell;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Baselines as YAML files. Everything that is wrong with a file is reported at once. All keys are
 * required but {@code observer}, {@code accepted} and {@code until}:
 *
 * <pre>
 * baseline: 1                                  # the version of this format
 * violations:
 *   - scenario: name
 *     policy: name
 *     monitor: name
 *     property: name
 *     subject: [machine, ...]
 *     observer: machine
 *     verdict: violated                        # nothing else can be known and tolerated
 *     accepted: {reason: text, until: YYYY-MM-DD}
 * </pre>
 */
public final class BaselineFile {

    /** The most violations of one file. */
    public static final int MAXIMUM_VIOLATIONS = 2000;

    /** The most characters of a reason. */
    static final int MAXIMUM_TEXT = 500;

    private static final int MAXIMUM_MACHINES = 8;
    private static final int VERSION = 1;

    private static final List<String> KEYS = List.of("baseline", "violations");
    private static final List<String> VIOLATION_KEYS = List.of(
            "scenario",
            "policy",
            "monitor",
            "property",
            "subject",
            "observer",
            "verdict",
            "accepted");
    private static final List<String> ACCEPTED_KEYS = List.of("reason", "until");
    private static final String VIOLATED = "violated";
    private static final Words<String> VERDICTS = Words.of(Map.of(VIOLATED, VIOLATED));

    private BaselineFile() {}

    /**
     * Reads the baseline in a file.
     *
     * @throws InvalidFileException with everything that is wrong
     */
    public static Baseline read(Path path) throws InvalidFileException {
        return read(YamlFile.read(path));
    }

    /**
     * Reads the baseline in the bytes of a file.
     *
     * @param name what messages call the file
     * @throws InvalidFileException with everything that is wrong
     */
    public static Baseline parse(String name, byte[] bytes) throws InvalidFileException {
        return read(YamlFile.parse(name, bytes));
    }

    /**
     * The file of a baseline: the same violations always give the same bytes.
     *
     * @throws InvalidFileException if it would be larger than what can be read again
     */
    public static byte[] write(Baseline baseline) throws InvalidFileException {
        List<Map<String, Object>> violations = new ArrayList<>();
        baseline.known().forEach((cell, accepted) -> violations.add(violation(cell, accepted)));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("baseline", VERSION);
        root.put("violations", violations);
        byte[] bytes = YamlText.of(root).getBytes(StandardCharsets.UTF_8);
        parse("the new baseline", bytes);
        return bytes;
    }

    private static Map<String, Object> violation(Cell cell, Optional<AcceptedRisk> accepted) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("scenario", cell.scenario());
        keys.put("policy", cell.policy());
        keys.put("monitor", cell.monitor());
        keys.put("property", cell.question().property());
        keys.put("subject", cell.question().subject());
        if (!cell.question().observer().isEmpty()) {
            keys.put("observer", cell.question().observer());
        }
        keys.put("verdict", VIOLATED);
        accepted.ifPresent(risk -> keys.put("accepted", accepted(risk)));
        return keys;
    }

    private static Map<String, Object> accepted(AcceptedRisk risk) {
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("reason", risk.reason());
        risk.until().ifPresent(day -> keys.put("until", day.toString()));
        return keys;
    }

    private static Baseline read(YamlMapping root) throws InvalidFileException {
        root.allow(KEYS);
        root.require("baseline").ifPresent(version -> version.count(VERSION, VERSION));
        SortedMap<Cell, Optional<AcceptedRisk>> known = new TreeMap<>();
        List<YamlValue> values = root.require("violations")
                .map(value -> value.list(0, MAXIMUM_VIOLATIONS))
                .orElse(List.of());
        for (YamlValue value : values) {
            value.mapping().ifPresent(mapping -> put(value, mapping, known));
        }
        root.problems().throwIfAny();
        return new Baseline(known);
    }

    private static void put(
            YamlValue value, YamlMapping mapping, SortedMap<Cell, Optional<AcceptedRisk>> known) {
        mapping.allow(VIOLATION_KEYS);
        Cell cell = cell(mapping);
        mapping.require("verdict").ifPresent(verdict -> verdict.choice(VERDICTS));
        Optional<AcceptedRisk> accepted =
                mapping.find("accepted").flatMap(YamlValue::mapping).map(BaselineFile::accepted);
        if (known.put(cell, accepted) != null) {
            value.reject("have %s twice".formatted(cell.words()));
        }
    }

    private static Cell cell(YamlMapping mapping) {
        List<String> subject = mapping.require("subject").stream()
                .flatMap(value -> value.list(1, MAXIMUM_MACHINES).stream())
                .flatMap(value -> value.name().stream())
                .toList();
        Question question = new Question(
                name(mapping, "property"),
                subject,
                mapping.find("observer").flatMap(YamlValue::name).orElse(""));
        return new Cell(
                name(mapping, "scenario"),
                name(mapping, "policy"),
                name(mapping, "monitor"),
                question);
    }

    private static String name(YamlMapping mapping, String key) {
        return mapping.require(key).flatMap(YamlValue::name).orElse("");
    }

    private static AcceptedRisk accepted(YamlMapping mapping) {
        mapping.allow(ACCEPTED_KEYS);
        return new AcceptedRisk(
                mapping.require("reason")
                        .flatMap(value -> value.text(MAXIMUM_TEXT))
                        .orElse(""),
                mapping.find("until").flatMap(YamlValue::date));
    }
}
