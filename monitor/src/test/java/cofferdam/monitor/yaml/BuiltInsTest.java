package cofferdam.monitor.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

final class BuiltInsTest {

    private final BuiltIns<String> builtIns =
            new BuiltIns<>("thing", Map.of("alpha", "built in"), path -> {
                YamlFile.read(path);
                return "from " + path.getFileName();
            });

    @TempDir
    private Path folder;

    @Test
    void aNameComesFirst() throws InvalidFileException {
        assertThat(builtIns.load("alpha")).isEqualTo("built in");
    }

    @Test
    void aPathIsRead() throws Exception {
        Path file = Files.writeString(folder.resolve("mine"), "a: 1\n");
        assertThat(builtIns.load(file.toString())).isEqualTo("from mine");
    }

    @ParameterizedTest
    @CsvSource({
        "alhpa, neither a built-in thing (alpha) nor a file; did you mean 'alpha'?",
        "quite-else, neither a built-in thing (alpha) nor a file",
        "quite-else.yaml, no such file",
        "no/such, no such file"
    })
    void whatIsNeitherIsRefused(String given, String message) {
        assertThatThrownBy(() -> builtIns.load(given))
                .isInstanceOf(InvalidFileException.class)
                .hasMessage("%s: %s", given, message);
    }

    @Test
    void whatCannotBeAPathIsRefused() {
        assertThatThrownBy(() -> builtIns.load("a\0b"))
                .isInstanceOf(InvalidFileException.class)
                .hasMessageStartingWith("a\\u{0}b: neither a built-in thing");
    }

    @Test
    void aMissingResourceIsAnErrorOfTheProgram() {
        assertThatThrownBy(() -> BuiltIns.resource("none.yaml", null, (name, bytes) -> ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("resource none.yaml is missing");
    }
}
