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

class SizeTextTest {

    @ParameterizedTest
    @CsvSource({"0MiB, 0", "1MiB, 1048576", "64MiB, 67108864", "999999999MiB, 1048575998951424"})
    void aWholeNumberOfMebibytesIsASize(String text, long bytes) {
        assertThat(SizeText.parse(text)).contains(bytes);
        assertThat(SizeText.of(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "MiB",
                "4",
                "4MB",
                "4mib",
                "4 MiB",
                "-4MiB",
                "+4MiB",
                "4.5MiB",
                "4MiB ",
                "4MiB\n",
                "1000000000MiB",
                "0x4MiB",
                "\u0664MiB",
                "4GiB"
            })
    void anythingElseIsNone(String text) {
        assertThat(SizeText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, -1048576, 1, 1048575, 1048577, Long.MIN_VALUE, Long.MAX_VALUE})
    void whatIsNoWholeNumberOfMebibytesHasNoText(long bytes) {
        assertThatThrownBy(() -> SizeText.of(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSizeInAFileIsHeldToItsLimits() throws InvalidFileException {
        assertThat(size("2MiB", List.of())).contains(2L << 20);
        assertThat(size("4MiB", List.of())).contains(4L << 20);
        assertThat(size("'3MiB'", List.of())).contains(3L << 20);
        size("1MiB", List.of("f:1:7: size '1MiB' is not from 2MiB to 4MiB"));
        size("5MiB", List.of("f:1:7: size '5MiB' is not from 2MiB to 4MiB"));
        size("3145728", List.of("f:1:7: size '3145728' is not a size such as 4MiB"));
        size("[3MiB]", List.of("f:1:7: size is a list, not a size"));
        size("", List.of("f:1:6: size has no value"));
    }

    private static Optional<Long> size(String text, List<String> problems)
            throws InvalidFileException {
        YamlMapping root =
                YamlFile.parse("f", "size: %s\n".formatted(text).getBytes(StandardCharsets.UTF_8));
        Optional<Long> size = root.require("size").flatMap(value -> value.size(2L << 20, 4L << 20));
        List<String> found = List.of();
        try {
            root.problems().throwIfAny();
        } catch (InvalidFileException e) {
            found = e.problems().stream().map(Problem::toString).toList();
        }
        assertThat(found).isEqualTo(problems);
        return size;
    }
}
