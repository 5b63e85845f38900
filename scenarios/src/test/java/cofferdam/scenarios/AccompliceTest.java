package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import cofferdam.monitor.yaml.InvalidFileException;
import cofferdam.monitor.yaml.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The second machine of an attacker, as scenario files name it. */
class AccompliceTest {

    private static final String HEAD = """
            scenario: s
            summary: one line
            memory: {vm1: 16MiB, vm2: 16MiB}
            host-memory: 32MiB
            properties: [{property: channel-confinement, subject: [vm1, vm2]}]
            """;

    @Test
    void anAccompliceIsReadWrittenAndNamedInWords() throws InvalidFileException {
        Scenario scenario = parse("steps: [{start: {attack: covert-channel, by: vm1, with: vm2}}]");

        assertThat(scenario.steps())
                .singleElement()
                .isInstanceOfSatisfying(Step.Start.class, start -> {
                    assertThat(start.accomplice()).isEqualTo(Optional.of("vm2"));
                    assertThat(start.words()).isEqualTo("start covert-channel by vm1 with vm2");
                });
        String written = ScenarioFile.write(scenario);
        assertThat(ScenarioFile.parse(
                        "s.yaml", written.getBytes(StandardCharsets.UTF_8), FakeAttack.VOCABULARY))
                .isEqualTo(scenario);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {attack: covert-channel, by: vm1}                 | missing key 'with' in steps.start
            {attack: covert-channel, by: vm1, with: vm1}      | steps.start.with 'vm1' is the attacker or a victim
            {attack: covert-channel, by: vm1, with: vmm}      | steps.start.with 'vmm' is not one of
            {attack: memory-scan, by: vm1, with: vm2}         | steps.start.with has no meaning for memory-scan
            {attack: covert-channel, by: vm1, with: vm2, victims: [vm2]} | steps.start.with 'vm2' is the attacker or a victim
            """)
    void aWrongAccompliceIsReportedWhereItStands(String start, String problem) {
        InvalidFileException thrown = catchThrowableOfType(
                InvalidFileException.class, () -> parse("steps: [{start: %s}]".formatted(start)));

        assertThat(thrown.problems())
                .extracting(Problem::toString)
                .anySatisfy(text -> assertThat(text).startsWith("s.yaml:6:").contains(problem));
    }

    private static Scenario parse(String steps) throws InvalidFileException {
        return ScenarioFile.parse(
                "s.yaml", (HEAD + steps).getBytes(StandardCharsets.UTF_8), FakeAttack.VOCABULARY);
    }
}
