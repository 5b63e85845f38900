package cofferdam.monitor.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

final class YamlValueTest {

    private enum Colour {
        DEEP_RED,
        BLUE
    }

    private static final Words<Colour> COLOURS = Words.of(Colour.class);

    /** The value of {@code k} in a file, read in some way, and the problems. */
    private record Reading<T>(Optional<T> value, List<String> problems) {}

    private static <T> Reading<T> read(String value, Function<YamlValue, Optional<T>> way)
            throws InvalidFileException {
        byte[] file = ("k: " + value + "\n").getBytes(StandardCharsets.UTF_8);
        YamlMapping root = YamlFile.parse("f", file);
        Optional<T> found = way.apply(root.require("k").orElseThrow());
        InvalidFileException thrown = catchThrowableOfType(
                InvalidFileException.class, () -> root.problems().throwIfAny());
        return new Reading<>(
                found,
                thrown == null
                        ? List.of()
                        : thrown.problems().stream().map(Problem::toString).toList());
    }

    private static <T> void accepts(String value, Function<YamlValue, Optional<T>> way, T expected)
            throws InvalidFileException {
        assertThat(read(value, way)).isEqualTo(new Reading<>(Optional.of(expected), List.of()));
    }

    private static <T> void refuses(
            String value, Function<YamlValue, Optional<T>> way, String message)
            throws InvalidFileException {
        assertThat(read(value, way))
                .isEqualTo(new Reading<>(Optional.empty(), List.of("f:1:4: k " + message)));
    }

    @Test
    void textIsOneLineForPeople() throws InvalidFileException {
        accepts("some text", value -> value.text(20), "some text");
        accepts("'true'", value -> value.text(20), "true");
        accepts(">\n  two\n  lines", value -> value.text(20), "two lines");
        accepts("\u00e9\ud83d\ude00", value -> value.text(2), "\u00e9\ud83d\ude00");
    }

    @Test
    void textWithinItsLimitOnly() throws InvalidFileException {
        refuses("abcdef", value -> value.text(5), "has 6 characters, not from 1 to 5");
        refuses("''", value -> value.text(5), "has 0 characters, not from 1 to 5");
        refuses("' '", value -> value.text(5), "has 0 characters, not from 1 to 5");
    }

    @ParameterizedTest
    @CsvSource({
        "\\e[2J, 1b",
        "a\\nb, a",
        "\\u202e, 202e",
        "\\u200b, 200b",
        "\\ue000, e000",
        "\\x7f, 7f",
        "\\ud800, d800"
    })
    void textThatSteersATerminalIsRefusedAndShownHarmless(String escaped, String code)
            throws InvalidFileException {
        Reading<String> reading = read('"' + "x" + escaped + '"', value -> value.text(20));
        assertThat(reading.value()).isEmpty();
        assertThat(reading.problems().getFirst())
                .contains("\\u{" + code + "}")
                .endsWith("has a control character or a line break");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "~", "null", "Null", "NULL"})
    void noValueIsNoValueOfAnyKind(String nothing) throws InvalidFileException {
        refuses2(nothing, value -> value.text(20));
        refuses2(nothing, YamlValue::name);
        refuses2(nothing, YamlValue::flag);
        refuses2(nothing, value -> value.count(0, 1));
        refuses2(nothing, value -> value.choice(COLOURS));
        refuses2(nothing, YamlValue::mapping);
    }

    private static <T> void refuses2(String value, Function<YamlValue, Optional<T>> way)
            throws InvalidFileException {
        Reading<T> reading = read(value, way);
        assertThat(reading.value()).isEmpty();
        assertThat(reading.problems().getFirst()).endsWith(": k has no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "esx-1.5.2", "0x", "1.5", "a..b"})
    void namesAreSafeInFileNames(String name) throws InvalidFileException {
        accepts(name, YamlValue::name, name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "../x", "a/b", ".a", "-a", "a b", "a_b", "\u00e4"})
    void everythingElseIsNoName(String name) throws InvalidFileException {
        String rule = "is not a name of at most 64 lower-case letters, digits, '.' and '-'";
        refuses(name, YamlValue::name, "'%s' %s".formatted(name, rule));
    }

    @Test
    void namesHaveALimit() throws InvalidFileException {
        accepts("a".repeat(64), YamlValue::name, "a".repeat(64));
        assertThat(read("a".repeat(65), YamlValue::name).problems().getFirst())
                .startsWith("f:1:4: k '" + "a".repeat(60) + "...' is not a name");
    }

    @Test
    void choicesSuggestTheNearestWord() throws InvalidFileException {
        accepts("deep-red", value -> value.choice(COLOURS), Colour.DEEP_RED);
        refuses(
                "deepred",
                value -> value.choice(COLOURS),
                "'deepred' is not one of deep-red, blue; did you mean 'deep-red'?");
        refuses("green", value -> value.choice(COLOURS), "'green' is not one of deep-red, blue");
        refuses("[a]", value -> value.choice(COLOURS), "is a list, not one of deep-red, blue");
    }

    @Test
    void countsAreDecimalDigitsWithinTheirLimits() throws InvalidFileException {
        accepts("1", value -> value.count(1, 9), 1);
        accepts("9", value -> value.count(1, 9), 9);
        accepts("-3", value -> value.count(-5, 0), -3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "10",
                "-1",
                "1.0",
                "1e0",
                "0x1",
                "1_0",
                "'5'",
                "five",
                "99999999999999999999"
            })
    void everythingElseIsNoCount(String text) throws InvalidFileException {
        String shown = text.replace("'", "");
        refuses(
                text,
                value -> value.count(1, 9),
                "'%s' is not a whole number from 1 to 9".formatted(shown));
    }

    @Test
    void flagsAreTrueOrFalse() throws InvalidFileException {
        accepts("true", YamlValue::flag, true);
        accepts("false", YamlValue::flag, false);
        refuses("yes", YamlValue::flag, "'yes' is not true or false");
        refuses("'true'", YamlValue::flag, "'true' is not true or false");
        refuses("{a: b}", YamlValue::flag, "is a mapping, not true or false");
    }

    @Test
    void durationsAreWithinTheirLimits() throws InvalidFileException {
        Function<YamlValue, Optional<Duration>> way =
                value -> value.duration(Duration.ofMillis(1), Duration.ofMinutes(2));
        accepts("1.5s", way, Duration.ofMillis(1500));
        accepts("2m", way, Duration.ofMinutes(2));
        refuses("121s", way, "'121s' is not from 1ms to 2m");
        refuses("999us", way, "'999us' is not from 1ms to 2m");
        refuses("5", way, "'5' is not a length of time such as 20us, 1.5s or 2m");
    }

    @Test
    void fractionsAreNumbersOrPercentages() throws InvalidFileException {
        accepts("1%", YamlValue::fraction, 0.01);
        accepts("0.5%", YamlValue::fraction, 0.005);
        accepts("0.25", YamlValue::fraction, 0.25);
        accepts("100%", YamlValue::fraction, 1.0);
        String message = "'%s' is not a fraction from 0 to 1, such as 0.01 or 1%%";
        refuses("101%", YamlValue::fraction, message.formatted("101%"));
        refuses("1.5", YamlValue::fraction, message.formatted("1.5"));
        refuses("-1%", YamlValue::fraction, message.formatted("-1%"));
        refuses("1e-3", YamlValue::fraction, message.formatted("1e-3"));
    }

    @Test
    void listsHaveLimits() throws InvalidFileException {
        Function<YamlValue, Optional<Integer>> size =
                value -> Optional.of(value.list(1, 2).size()).filter(found -> found > 0);
        accepts("[a, b]", size, 2);
        refuses("[a, b, c]", size, "has 3 values, not from 1 to 2");
        refuses("[]", size, "has 0 values, not from 1 to 2");
        refuses("word", size, "is 'word', not a list");
    }
}
