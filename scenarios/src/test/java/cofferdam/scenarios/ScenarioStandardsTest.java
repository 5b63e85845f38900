package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.scenarios.standards.Family;
import cofferdam.scenarios.standards.Requirement;
import cofferdam.scenarios.standards.Standards;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.List;

final class ScenarioStandardsTest {

    static List<Scenario> builtIn() {
        return Scenarios.builtIn().all();
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void everyScenarioNamesARequirementOrAWeaknessThatTheCatalogueHas(Scenario scenario) {
        assertThat(scenario.standards())
                .allSatisfy(
                        id -> assertThat(Standards.builtIn().find(id)).as(id).isPresent());
        assertThat(scenario.standards())
                .anyMatch(id -> isOf("virtualization-pp", id) || isOf("cwe", id));
    }

    private static boolean isOf(String family, String id) {
        return Standards.builtIn().families().stream()
                .filter(known -> known.id().equals(family))
                .map(Family::requirements)
                .flatMap(List::stream)
                .map(Requirement::id)
                .anyMatch(id::equals);
    }

    @Test
    void anUnknownIdIsAProblemWithItsPlaceAndTheOneThatWasMeant() {
        assertThatThrownBy(() -> read("[CWE-319, FDP_VNC_EXT1]"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("some.yaml:3:22:")
                .hasMessageContaining("'FDP_VNC_EXT1'")
                .hasMessageContaining("did you mean 'FDP_VNC_EXT.1'?");
    }

    @Test
    void anIdThatIsThereTwiceIsAProblem() {
        assertThatThrownBy(() -> read("[CWE-319, CWE-319]"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining("names 'CWE-319' twice");
    }

    @Test
    void theIdsAreReadInTheirOrder() throws InvalidFileException {
        assertThat(read("[T1040, CWE-319]").standards()).containsExactly("T1040", "CWE-319");
    }

    private static Scenario read(String standards) throws InvalidFileException {
        String file = """
                scenario: some
                summary: Something
                standards: %s
                properties:
                  - {property: connectivity, subject: [vm1, source]}
                steps:
                  - ping: {from: vm1, to: source, count: 1, interval: 10ms}
                """.formatted(standards);
        return ScenarioFile.parse(
                "some.yaml", file.getBytes(StandardCharsets.UTF_8), Vocabulary.builtIn());
    }
}
