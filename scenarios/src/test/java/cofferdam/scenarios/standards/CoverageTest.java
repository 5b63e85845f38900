package cofferdam.scenarios.standards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.scenarios.standards.Coverage.Row;
import cofferdam.scenarios.standards.Requirement.Evaluation;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

final class CoverageTest {

    private static final Standards TWO = new Standards(List.of(new Family(
            "some",
            "Some standard",
            "a book",
            List.of(
                    new Requirement("A-1", "First", "says", Evaluation.TEST, ""),
                    new Requirement("A-2", "Second", "", Evaluation.NONE, "")))));

    @Test
    void tellsWhichScenariosTestARequirementAndWhichAreTestedByNothing() {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        ids.put("zebra", List.of("A-1"));
        ids.put("ant", List.of("A-1"));
        ids.put("bare", List.of());
        Coverage.OfFamily family = Coverage.of(TWO, ids).families().getFirst();
        assertThat(family.rows())
                .extracting(Row::scenarios)
                .containsExactly(List.of("zebra", "ant"), List.of());
        assertThat(family.rows()).extracting(Row::isTested).containsExactly(true, false);
        assertThat(family.tested()).isEqualTo(1);
    }

    @Test
    void anUnknownIdIsAProblemThatNamesTheOneThatWasMeant() {
        assertThat(TWO.problem("A-1")).isEmpty();
        assertThat(TWO.problem("A1").orElseThrow()).contains("did you mean 'A-1'?");
        assertThat(TWO.problem("colours").orElseThrow()).doesNotContain("did you mean");
        assertThat(TWO.find("A-2").orElseThrow().name()).isEqualTo("Second");
        assertThat(TWO.find("a-2")).isEmpty();
    }

    @Test
    void noTwoRequirementsHaveOneId() {
        Family family = TWO.families().getFirst();
        assertThatThrownBy(() -> new Standards(List.of(family, family)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("A-1");
    }

    @Test
    void theCatalogueHasTheRequirementsOfTheField() {
        Standards standards = Standards.builtIn();
        assertThat(standards.families())
                .extracting(Family::id)
                .containsExactly(
                        "virtualization-pp",
                        "sp-800-125a",
                        "sp-800-125b",
                        "attack",
                        "capec",
                        "cwe");
        assertThat(standards.find("FDP_RIP_EXT.1").orElseThrow().evaluation())
                .isEqualTo(Evaluation.REVIEW);
        assertThat(standards.find("FDP_RIP_EXT.2").orElseThrow().evaluation())
                .isEqualTo(Evaluation.TEST);
        assertThat(List.of("HY-BF1", "HY-BF5", "T1557.002", "CAPEC-546", "CWE-226"))
                .allSatisfy(id -> assertThat(standards.find(id)).isPresent());
    }

    @Test
    void everythingWrongWithACatalogueIsToldAtOnce() {
        String file = """
                families:
                  - {family: some, name: Some, source: a book, requirements: [{id: A-1, names: First}]}
                  - {family: Other, name: Other, source: b, requirements: []}
                """;
        assertThatThrownBy(
                        () -> CatalogueFile.parse("c.yaml", file.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("c.yaml:2:")
                .hasMessageContaining("did you mean 'name'?")
                .hasMessageContaining("missing key 'name'")
                .hasMessageContaining("is not a name")
                .hasMessageContaining("not from 1 to 500");
    }
}
