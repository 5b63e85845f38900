package cofferdam.monitor.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

class RateTextTest {

    @ParameterizedTest
    @CsvSource({
        "0kbit, 0",
        "64kbit, 64000",
        "2Mbit, 2000000",
        "1500kbit, 1500000",
        "10Gbit, 10000000000",
        "999999999Gbit, 999999999000000000"
    })
    void aWholeNumberOfAUnitIsARate(String text, long rate) {
        assertThat(RateText.parse(text)).contains(rate);
        assertThat(RateText.of(rate)).isEqualTo(text);
    }

    @Test
    void aRateIsWrittenInItsLargestUnit() {
        assertThat(RateText.of(RateText.parse("1000kbit").orElseThrow())).isEqualTo("1Mbit");
        assertThat(RateText.of(RateText.parse("2000Mbit").orElseThrow())).isEqualTo("2Gbit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Mbit",
                "4",
                "4Mb",
                "4mbit",
                "4 Mbit",
                "-4Mbit",
                "4.5Mbit",
                "4Mbit\n",
                "1000000000kbit",
                "\u0664Mbit",
                "4Tbit",
                "4Kbit"
            })
    void anythingElseIsNone(String text) {
        assertThat(RateText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -1000, 1, 999, 1001, Long.MIN_VALUE, Long.MAX_VALUE})
    void whatIsNoWholeNumberOfThousandsHasNoText(long rate) {
        assertThatThrownBy(() -> RateText.of(rate)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aRateInAFileIsHeldToItsLimits() throws InvalidFileException {
        assertThat(rate("64kbit", List.of())).contains(64_000L);
        assertThat(rate("1Gbit", List.of())).contains(1_000_000_000L);
        rate("63kbit", List.of("f:1:7: rate '63kbit' is not from 64kbit to 1Gbit"));
        rate("2Gbit", List.of("f:1:7: rate '2Gbit' is not from 64kbit to 1Gbit"));
        rate("64000", List.of("f:1:7: rate '64000' is not a rate such as 10Mbit"));
        rate("[1Mbit]", List.of("f:1:7: rate is a list, not a rate"));
    }

    private static Optional<Long> rate(String text, List<String> problems)
            throws InvalidFileException {
        YamlMapping root =
                YamlFile.parse("f", "rate: %s\n".formatted(text).getBytes(StandardCharsets.UTF_8));
        Optional<Long> rate =
                root.require("rate").flatMap(value -> value.rate(64_000, 1_000_000_000));
        List<String> found = List.of();
        try {
            root.problems().throwIfAny();
        } catch (InvalidFileException e) {
            found = e.problems().stream().map(Problem::toString).toList();
        }
        assertThat(found).isEqualTo(problems);
        return rate;
    }
}
