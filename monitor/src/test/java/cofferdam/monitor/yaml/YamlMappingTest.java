package cofferdam.monitor.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

final class YamlMappingTest {

    private static YamlMapping parse(String text) throws InvalidFileException {
        return YamlFile.parse("f", text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void unknownKeysAreReportedWithTheKnownOnes() throws InvalidFileException {
        YamlMapping root =
                parse("mode: a\nmdoe: b\nwholly-else: c\n").allow(List.of("mode", "size"));
        assertThatThrownBy(() -> root.problems().throwIfAny())
                .isInstanceOf(InvalidFileException.class)
                .hasMessage("""
                        f:2:1: unknown key 'mdoe', known are mode, size; did you mean 'mode'?
                        f:3:1: unknown key 'wholly-else', known are mode, size""");
    }

    @Test
    void nestedKeysAreNamedByTheirPath() throws InvalidFileException {
        YamlMapping root = parse("a:\n  b: {x: 1}\n");
        YamlMapping inner = root.findPath("a.b").flatMap(YamlValue::mapping).orElseThrow();
        inner.allow(List.of("y"));
        assertThat(inner.require("y")).isEmpty();
        assertThatThrownBy(() -> root.problems().throwIfAny()).hasMessage("""
                        f:2:6: missing key 'y' in a.b
                        f:2:7: unknown key 'x' in a.b, known are y; did you mean 'y'?""");
    }

    @Test
    void aPathThroughSomethingElseFindsNothing() throws InvalidFileException {
        YamlMapping root = parse("a: word\n");
        assertThat(root.findPath("a.b")).isEmpty();
        assertThat(root.findPath("b.c")).isEmpty();
        root.problems().throwIfAny();
    }

    @Test
    void keysOfTheUsersOwnAreNames() throws InvalidFileException {
        YamlMapping root = parse("good-1: a\n\"\\e[2J\": b\n").allowNames();
        assertThatThrownBy(() -> root.problems().throwIfAny())
                .hasMessage("f:2:1: key '\\u{1b}[2J' is not a name");
    }

    @Test
    void aHostileKeyCannotSteerATerminal() throws InvalidFileException {
        YamlMapping root = parse("\"\\e[31m\": {x: 1}\n").allow(List.of());
        root.values().values().iterator().next().reject("is wrong");
        assertThatThrownBy(() -> root.problems().throwIfAny())
                .hasMessageContaining("\\u{1b}[31m is wrong")
                .message()
                .doesNotContain("\u001b");
    }
}
