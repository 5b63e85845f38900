package cofferdam.scenarios.standards;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Words;
import cofferdam.monitor.yaml.YamlFile;
import cofferdam.monitor.yaml.YamlMapping;
import cofferdam.monitor.yaml.YamlValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a catalogue of requirements. */
final class CatalogueFile {

    /** The most families of a catalogue. */
    static final int MAXIMUM_FAMILIES = 20;

    /** The most requirements of a family. */
    static final int MAXIMUM_REQUIREMENTS = 500;

    /** The most characters of an id. */
    static final int MAXIMUM_ID = 40;

    private static final int MAXIMUM_TEXT = 300;

    private static final Words<Requirement.Evaluation> EVALUATION =
            Words.of(Requirement.Evaluation.class);

    private CatalogueFile() {}

    /**
     * Reads the catalogue in the bytes of a file.
     *
     * @throws InvalidFileException with everything that is wrong
     */
    static List<Family> parse(String name, byte[] bytes) throws InvalidFileException {
        YamlMapping root = YamlFile.parse(name, bytes).allow(List.of("families"));
        List<Family> families = new ArrayList<>();
        for (YamlValue value : listOf(root, "families", MAXIMUM_FAMILIES)) {
            value.mapping().map(CatalogueFile::family).ifPresent(families::add);
        }
        root.problems().throwIfAny();
        return families;
    }

    private static Family family(YamlMapping mapping) {
        mapping.allow(List.of("family", "name", "source", "requirements"));
        List<Requirement> requirements = new ArrayList<>();
        for (YamlValue value : listOf(mapping, "requirements", MAXIMUM_REQUIREMENTS)) {
            value.mapping().map(CatalogueFile::requirement).ifPresent(requirements::add);
        }
        return new Family(
                mapping.require("family").flatMap(YamlValue::name).orElse(""),
                text(mapping.require("name")),
                text(mapping.require("source")),
                requirements);
    }

    private static Requirement requirement(YamlMapping mapping) {
        mapping.allow(List.of("id", "name", "says", "evaluation", "note"));
        return new Requirement(
                mapping.require("id").flatMap(value -> value.text(MAXIMUM_ID)).orElse(""),
                text(mapping.require("name")),
                text(mapping.find("says")),
                mapping.find("evaluation")
                        .flatMap(value -> value.choice(EVALUATION))
                        .orElse(Requirement.Evaluation.NONE),
                text(mapping.find("note")));
    }

    private static String text(Optional<YamlValue> value) {
        return value.flatMap(given -> given.text(MAXIMUM_TEXT)).orElse("");
    }

    private static List<YamlValue> listOf(YamlMapping mapping, String key, int maximum) {
        return mapping.require(key).map(list -> list.list(1, maximum)).orElse(List.of());
    }
}
