package cofferdam.monitor.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

final class YamlFileTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    static List<String> problemsOf(String text) {
        InvalidFileException thrown = catchThrowableOfType(
                InvalidFileException.class,
                () -> YamlFile.parse("f", bytes(text)).problems().throwIfAny());
        return thrown == null
                ? List.of()
                : thrown.problems().stream().map(Problem::toString).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> problemsOf(Path path) {
        InvalidFileException thrown =
                catchThrowableOfType(InvalidFileException.class, () -> YamlFile.read(path));
        return thrown.problems().stream().map(Problem::toString).toList();
    }

    @Test
    void readsKeysInTheirOrder() throws InvalidFileException {
        YamlMapping root = YamlFile.parse("f", bytes("b: 1\na: {c: x}\n"));
        assertThat(root.values().keySet()).containsExactly("b", "a");
        assertThat(root.findPath("a.c").orElseThrow().position()).isEqualTo(new Position(2, 8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                      | f:1:1: the file is empty
            '# only a comment\\n'   | f:1:1: the file is empty
            '- a\\n'                | f:1:1: the file is a list, not a mapping
            'word\\n'               | f:1:1: the file is 'word', not a mapping
            'a: 1\\nb: 2\\na: 3\\n' | f:3:1: duplicate key 'a', first in line 1
            'a: 1\\n2: b\\n'        | f:2:1: key '2' is not text
            'true: b\\n'            | f:1:1: key 'true' is not text
            '~: b\\n'               | f:1:1: key '~' is not text
            '? [a]\\n: b\\n'        | f:1:3: key a list is not text
            'a: !!int 3\\n'         | f:1:4: tags are not allowed
            'a: !mine [3]\\n'       | f:1:4: tags are not allowed
            'a: *b\\n'              | f:1:4: alias '*b' is not allowed
            'a: &b c\\n'            | f:1:4: anchors are not allowed
            'a: 1\\n---\\nb: 2\\n'  | f:2:1: a second document is not allowed in one file
            '%YAML 1.1\\n---\\na: 1\\n' | f:1:1: directives are not allowed
            '%YAML 9.9\\n---\\na: 1\\n' | f:1:1: directives are not allowed
            'a: [1,\\n'             | f:2:1: not valid YAML: expected the node content, but found '<stream end>'
            'a: é: x\\n'            | f:1:5: not valid YAML: mapping values are not allowed here
            'a: b\\007\\n'        | f:1:5: character U+0007 is not allowed
            'a:\\n  b\\033[2J\\n' | f:2:4: character U+001B is not allowed
            """)
    void refusesWithThePlace(String text, String problem) {
        assertThat(problemsOf(text.translateEscapes())).containsExactly(problem);
    }

    @Test
    void gathersProblemsOfStructureInTheOrderOfTheFile() {
        assertThat(problemsOf("a: &x 1\nb: *x\nb: !t 2\n1: c\n"))
                .containsExactly(
                        "f:1:4: anchors are not allowed",
                        "f:2:4: alias '*x' is not allowed",
                        "f:3:1: duplicate key 'b', first in line 2",
                        "f:3:4: tags are not allowed",
                        "f:4:1: key '1' is not text");
    }

    @Test
    void keepsWhatWasFoundBeforeTheParserGaveUp() {
        assertThat(problemsOf("a: *x\nb: [1\n"))
                .hasSize(2)
                .first()
                .isEqualTo("f:1:4: alias '*x' is not allowed");
    }

    @Test
    void aBombOfAliasesIsRefusedAtOnce() {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        long begin = System.nanoTime();
        assertThat(problemsOf(bomb.toString()))
                .hasSize(Problems.MAXIMUM_SHOWN + 1)
                .contains("f:2:10: alias '*a0' is not allowed")
                .last()
                .isEqualTo("f: 78 more problems");
        assertThat(System.nanoTime() - begin).isLessThan(AT_ONCE.toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "- ", "? ", "{a: ", "[a,", "[[["})
    void deepNestingIsRefusedAtOnce(String opening) {
        String text = "a:\n  " + opening.repeat(YamlFile.MAXIMUM_BYTES / opening.length() - 5);
        long begin = System.nanoTime();
        assertThat(problemsOf(text))
                .singleElement()
                .asString()
                .endsWith("lists and mappings are nested more than 16 deep");
        assertThat(System.nanoTime() - begin).isLessThan(AT_ONCE.toNanos());
    }

    @Test
    void nestingUpToTheLimitIsRead() {
        int inner = NodeReader.MAXIMUM_DEPTH - 1;
        assertThat(problemsOf("a: " + "[".repeat(inner) + "]".repeat(inner))).isEmpty();
        assertThat(problemsOf("a: " + "[".repeat(inner + 1) + "]".repeat(inner + 1)))
                .containsExactly("f:1:19: lists and mappings are nested more than 16 deep");
    }

    @Test
    void tooManyValuesAreRefused() {
        String text = "a:\n" + "- b\n".repeat(NodeReader.MAXIMUM_NODES - 3);
        assertThat(problemsOf(text)).isEmpty();
        assertThat(problemsOf(text + "- b\n"))
                .containsExactly("f:49999:3: more than 50000 keys and values");
    }

    @Test
    void malformedUtf8IsRefusedWithItsPlace() {
        byte[] latin = "a: b\nc: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(catchThrowableOfType(
                        InvalidFileException.class, () -> YamlFile.parse("f", latin)))
                .hasMessage("f:2:4: byte 0xe9 is not UTF-8");
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstKey() throws InvalidFileException {
        assertThat(YamlFile.parse("f", bytes("\ufeffa: 1\n")).find("a")).isPresent();
    }

    @Test
    void truncatedUtf8IsNotDroppedSilently() {
        byte[] cut = {'a', ':', ' ', 'b', (byte) 0xe2, (byte) 0x82};
        assertThat(catchThrowableOfType(InvalidFileException.class, () -> YamlFile.parse("f", cut)))
                .hasMessage("f:1:5: byte 0xe2 is not UTF-8");
    }

    @Test
    void aHugeFileIsRefusedWithoutReadingIt() throws IOException {
        Path huge = folder.resolve("huge.yaml");
        try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(1L << 30);
        }
        long begin = System.nanoTime();
        assertThat(problemsOf(huge))
                .containsExactly(huge + ": the file has 1073741824 bytes, more than 1048576");
        assertThat(System.nanoTime() - begin).isLessThan(Duration.ofMillis(500).toNanos());
    }

    @Test
    void theLargestFileIsReadAndOneByteMoreIsNot() throws Exception {
        String comment = "a: 1\n" + "#".repeat(YamlFile.MAXIMUM_BYTES - 5);
        Path path = Files.writeString(folder.resolve("full.yaml"), comment);
        assertThat(YamlFile.read(path).find("a")).isPresent();
        Files.writeString(path, comment + "#");
        assertThat(problemsOf(path))
                .containsExactly(path + ": the file has 1048577 bytes, more than 1048576");
    }

    @Test
    void whatIsNotARegularFileIsRefused() {
        assertThat(problemsOf(folder)).containsExactly(folder + ": not a regular file");
        assertThat(problemsOf(Path.of("/dev/zero")))
                .containsExactly("/dev/zero: not a regular file");
        Path missing = folder.resolve("missing.yaml");
        assertThat(problemsOf(missing)).containsExactly(missing + ": no such file");
    }

    @Test
    void theNameOfAFileCannotSteerATerminal() {
        assertThat(problemsOf(folder.resolve("a\u001b[2Jb")).getFirst())
                .contains("a\\u{1b}[2Jb")
                .doesNotContain("\u001b");
    }

    @Test
    void randomTextEndsInProblemsOrAMapping() {
        List<String> parts = List.of(
                "%YAML 1.2\n",
                "%TAG ! x\n",
                "!e!q ",
                "!<x> ",
                "---\n",
                "...\n",
                "- ",
                "a: ",
                "b:\n",
                "  ",
                "? ",
                ": ",
                "[",
                "]",
                "{",
                "}",
                ",",
                "'",
                "\"",
                "\\x4",
                "|\n",
                ">+2\n",
                "&a ",
                "*a ",
                "#c",
                "\n",
                "\r",
                "\t",
                "\u00e9",
                "<<: ",
                "\u2028",
                "~",
                "%",
                "\\\n",
                "\ufeff");
        for (long seed = 0; seed < 5_000; seed++) {
            var random = new SplittableRandom(seed);
            var text = new StringBuilder();
            for (int i = random.nextInt(25); i > 0; i--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            assertThat(catchThrowableOfType(
                            Throwable.class, () -> YamlFile.parse("f", bytes(text.toString()))))
                    .as("seed %d", seed)
                    .satisfiesAnyOf(
                            thrown -> assertThat(thrown).isNull(),
                            thrown -> assertThat(thrown).isInstanceOf(InvalidFileException.class));
        }
    }
}
