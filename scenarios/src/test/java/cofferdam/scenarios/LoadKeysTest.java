package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.yaml.InvalidFileException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

class LoadKeysTest {

    private static Scenario parse(String links, String load) throws InvalidFileException {
        String text = """
                scenario: s
                summary: text
                memory: {vm1: 16MiB}
                %s
                properties:
                  - {property: connectivity, subject: [vm1, source]}
                steps:
                  - load: %s
                """.formatted(links, load);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ScenarioFile.parse("s.yaml", bytes, Vocabulary.builtIn());
    }

    private static final String LOAD =
            "{from: source, to: vm1, rate: 150, span: 2s, label: baseline}";

    @Test
    void loadIsReadAndWritten() throws InvalidFileException {
        Scenario scenario = parse("links: {bandwidth: 10Mbit}", LOAD);

        assertThat(scenario.links().bandwidth()).isEqualTo(10_000_000);
        assertThat(scenario.steps())
                .containsExactly(
                        new Step.Load("source", "vm1", 150, Duration.ofSeconds(2), "baseline"));
        byte[] written = ScenarioFile.write(scenario).getBytes(StandardCharsets.UTF_8);
        assertThat(ScenarioFile.parse("w.yaml", written, Vocabulary.builtIn())).isEqualTo(scenario);
    }

    @Test
    void cablesHaveNoLimitUnlessTheyAreGivenOne() throws InvalidFileException {
        Scenario scenario = parse("links: {delay: 1ms}", LOAD);

        assertThat(scenario.links().bandwidth()).isZero();
        assertThat(ScenarioFile.write(scenario)).doesNotContain("bandwidth");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            links: {bandwidth: 10}      | 150    | 2s | links.bandwidth '10' is not a rate
            links: {bandwidth: 1kbit}   | 150    | 2s | '1kbit' is not from 64kbit to 100Gbit
            links: {bandwidth: 200Gbit} | 150    | 2s | '200Gbit' is not from 64kbit to 100Gbit
            links: {delay: 1ms}         | 100000 | 1h | rate makes more than 999999 requests
            links: {delay: 1ms}         | 0      | 2s | '0' is not a whole number
            """)
    void whatIsOutOfRangeIsReported(String links, String rate, String span, String problem) {
        String load = LOAD.replace("150", rate).replace("2s", span);

        assertThatThrownBy(() -> parse(links, load))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageContaining(problem);
    }
}
