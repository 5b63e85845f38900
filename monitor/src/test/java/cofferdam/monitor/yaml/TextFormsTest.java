package cofferdam.monitor.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Durations, words, near misses, quotes, and what is written. */
final class TextFormsTest {

    @ParameterizedTest
    @CsvSource({
        "20us, 20000",
        "1.5s, 1500000000",
        "2m, 120000000000",
        "1h, 3600000000000",
        "0s, 0",
        "7ns, 7",
        "0.001us, 1",
        "300ms, 300000000",
        "1.000000000000s, 1000000000"
    })
    void readsLengthsOfTime(String text, long nanos) {
        assertThat(DurationText.parse(text)).contains(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "1",
                "1 s",
                "-1s",
                "+1s",
                "1.s",
                ".5s",
                "1.5ns",
                "0.0001us",
                "1d",
                "1S",
                "1e3s",
                "999999999999999999h",
                "1s\n",
                "\u0661s"
            })
    void refusesOtherLengthsOfTime(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @Test
    void everyLengthOfTimeIsReadBackAsWritten() {
        var random = new SplittableRandom(5);
        for (int i = 0; i < 2000; i++) {
            Duration time = Duration.ofNanos(random.nextLong(1L << random.nextInt(1, 63)));
            assertThat(DurationText.parse(DurationText.of(time))).as("%s", time).contains(time);
        }
    }

    @Test
    void lengthsOfTimeAreWrittenInTheLargestUnit() {
        assertThat(DurationText.of(Duration.ofMillis(1500))).isEqualTo("1500ms");
        assertThat(DurationText.of(Duration.ofHours(24))).isEqualTo("24h");
        assertThat(DurationText.of(Duration.ofSeconds(61))).isEqualTo("61s");
        assertThat(DurationText.of(Duration.ZERO)).isEqualTo("0s");
    }

    @ParameterizedTest
    @CsvSource({
        "physcal, physical",
        "phyiscal, physical",
        "hardend, hardened",
        "hub, ''",
        "esx-1.5.3, esx-1.5.2",
        "x, ''"
    })
    void nearMissesAreFound(String written, String meant) {
        List<String> known = List.of("physical", "hardened", "esx-1.5.2", "switched");
        assertThat(NearMiss.of(written, known).orElse("")).isEqualTo(meant);
    }

    @Test
    void amongEqualMissesTheFirstIsMeant() {
        assertThat(NearMiss.of("vm3", List.of("source", "vm1", "vm2"))).contains("vm1");
    }

    @Test
    void veryLongWordsAreNotCompared() {
        String word = "a".repeat(NearMiss.MAXIMUM_LENGTH + 1);
        assertThat(NearMiss.of(word, List.of(word))).isEmpty();
    }

    @Test
    void longTextIsShownShort() {
        String smile = "\ud83d\ude00";
        assertThat(Quoted.of(smile.repeat(60))).isEqualTo("'" + smile.repeat(60) + "'");
        assertThat(Quoted.of(smile.repeat(61))).isEqualTo("'" + smile.repeat(60) + "...'");
    }

    @Test
    void wordsGoBothWays() {
        Words<Thread.State> words = Words.of(Thread.State.class);
        assertThat(words.word(Thread.State.TIMED_WAITING)).isEqualTo("timed-waiting");
        assertThat(words.value("timed-waiting")).contains(Thread.State.TIMED_WAITING);
        assertThatThrownBy(() -> Words.of(Map.of("a", 1)).word(2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no word for 2");
    }

    @Test
    void writtenTextIsReadBack() throws InvalidFileException {
        List<String> hard = List.of(
                "null",
                "true",
                "off",
                "1.5",
                "0x1",
                "~",
                "a: b",
                "a #b",
                "- a",
                "'",
                "\"",
                "*",
                "&a",
                "!t",
                "%",
                "@",
                "`",
                "\u00e9\ud83d\ude00",
                "{",
                "[",
                "<<",
                "=",
                "2003-01-01",
                "x".repeat(400),
                "word ".repeat(60).strip(),
                "\\e",
                "? a",
                ":");
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("list", hard);
        map.put("same", hard);
        String written = YamlText.of(map);
        YamlMapping root = YamlFile.parse("f", written.getBytes(StandardCharsets.UTF_8));
        for (String key : map.keySet()) {
            List<String> read = new ArrayList<>();
            root.require(key)
                    .orElseThrow()
                    .list(0, 100)
                    .forEach(value -> value.text(500).ifPresent(read::add));
            assertThat(read).isEqualTo(hard);
        }
        root.problems().throwIfAny();
    }
}
