package cofferdam.analysis.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

class ByteRegexTest {

    private static final int ROUNDS = Boolean.getBoolean("cofferdam.sweep") ? 200_000 : 6_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "abc",
                "a.c",
                "(?s)a.c",
                "a|bc|",
                "(a|ab)(c|bcd)",
                "x[a-c]+?y",
                "x[^a-c]{2,3}y",
                "(?i)aBc",
                "(?i:a)b",
                "a(?i)b(?-i)c",
                "\\bab\\b",
                "\\Bab",
                "^ab",
                "(?m)^ab$",
                "ab$",
                "\\x61\\x{62}",
                "[\\]a]b",
                "[a\\-z]b",
                "[]a]b",
                "[a-]b",
                "[[:alpha:]]1",
                "[[:^alpha:]]1",
                "\\d+\\.\\d*x",
                "\\Qa.b\\E+c",
                "a{2}b",
                "a{,2}",
                "a{x",
                "(?U)a+b",
                "(?P<name>a)b",
                "(?:a*b)*c",
                "a\\z",
                "\\Aa",
                "\\141b",
                "\\s\\S\\w\\W\\D",
                "a??b"
            })
    void syntaxMeansWhatItMeansInRe2(String expression) throws RegexSyntaxException {
        if (expression.equals("a|bc|") || expression.contains("\\141")) {
            assertThatThrownBy(() -> ByteRegex.parse(expression))
                    .isInstanceOf(RegexSyntaxException.class);
            return;
        }
        var random = new SplittableRandom(7);
        for (int i = 0; i < 200; i++) {
            agrees(expression, text(random, "abcABCxyz1. -]{2,}\n"), "iteration " + i);
        }
    }

    @Test
    void randomExpressionsMatchWhatRe2jMatches() throws RegexSyntaxException {
        var random = new SplittableRandom(42);
        for (int i = 0; i < ROUNDS; i++) {
            String expression = new RandomRegex(random).expression();
            try {
                ByteRegex.parse(expression);
            } catch (RegexSyntaxException e) {
                assertThat(e).as(expression).hasMessageContaining("everywhere");
                continue;
            }
            for (int j = 0; j < 5; j++) {
                agrees(expression, text(random, "abcABC \n_"), "seed 42 iteration " + i);
            }
        }
    }

    private static String text(SplittableRandom random, String alphabet) {
        var text = new StringBuilder();
        int length = random.nextInt(30);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static void agrees(String expression, String text, String where)
            throws RegexSyntaxException {
        assertThat(ours(expression, text))
                .as("%s: /%s/ on '%s'", where, expression, text)
                .isEqualTo(theirs(expression, text));
    }

    private static List<String> ours(String expression, String text) throws RegexSyntaxException {
        ByteRegex regex = ByteRegex.parse(expression);
        MemorySegment bytes = MemorySegment.ofArray(text.getBytes(StandardCharsets.ISO_8859_1));
        List<Anchor> anchors = regex.anchors();
        List<String> found = new ArrayList<>();
        for (long at = 0; at < bytes.byteSize(); ) {
            long end = regex.mayBegin(bytes, at)
                    ? regex.matcher().match(bytes, at, Integer.MAX_VALUE)
                    : -1;
            if (end >= 0) {
                found.add(at + "-" + end);
                assertThat(end - at).isBetween((long) regex.minimum(), (long) regex.maximum());
                assertThat(anchored(anchors, text.substring((int) at, (int) end)))
                        .as("/%s/ on '%s' at %d: %s", expression, text, at, anchors)
                        .isTrue();
            }
            at = end >= 0 ? end : at + 1;
        }
        return found;
    }

    private static boolean anchored(List<Anchor> anchors, String match) {
        String lower = match.toLowerCase(Locale.ROOT);
        return anchors.isEmpty()
                || anchors.stream().anyMatch(anchor -> {
                    String literal = new String(anchor.literal(), StandardCharsets.ISO_8859_1);
                    int at = lower.indexOf(literal, anchor.minimum());
                    return at >= 0 && at <= anchor.maximum();
                });
    }

    private static List<String> theirs(String expression, String text) {
        Matcher matcher = Pattern.compile(expression).matcher(text);
        List<String> found = new ArrayList<>();
        while (matcher.find()) {
            found.add(matcher.start() + "-" + matcher.end());
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "[a",
                "[z-a]",
                "*a",
                "a**",
                "a{1001}",
                "a{3,2}",
                "(?=a)",
                "(?<!a)b",
                "\\1",
                "(a)\\1",
                "\\pL",
                "[[:foo:]]",
                "\\",
                "a\\x1",
                "\\x{100}",
                "(?P<n",
                "a{2}{3}",
                "(?z)a",
                "",
                "a*",
                "a|",
                "\\b",
                "^$",
                "[^\\x00-\\xff]",
                "\u0100",
                "(((a{1000}){1000}){1000}){1000}"
            })
    void whatCannotBeUsedIsRefused(String expression) {
        assertThatThrownBy(() -> ByteRegex.parse(expression))
                .isInstanceOf(RegexSyntaxException.class);
    }

    @Test
    void deepAndLongExpressionsAreRefused() {
        String deep = "(".repeat(200) + "a" + ")".repeat(200);
        assertThatThrownBy(() -> ByteRegex.parse(deep)).hasMessageContaining("100 groups");
        assertThatThrownBy(() -> ByteRegex.parse("a".repeat(4097))).hasMessageContaining("4096");
    }

    @Test
    void repetitionsOfNothingTakeNoTime() throws RegexSyntaxException {
        ByteRegex regex = ByteRegex.parse("((((\\b){1000}){1000}){1000}){1000}a");
        var text = MemorySegment.ofArray("a".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(regex.matcher().match(text, 0, 10)).isEqualTo(1);
    }

    @Test
    void matchesAreHeldToTheLongestLength() throws RegexSyntaxException {
        ByteRegex regex = ByteRegex.parse("ab+|a");
        var text = MemorySegment.ofArray("abbbbbb".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(regex.matcher().match(text, 0, 4)).isEqualTo(4);
        assertThat(ByteRegex.parse("ab{5}").matcher().match(text, 0, 4)).isEqualTo(-1);
        assertThat(ByteRegex.parse("ab{3}\\b").matcher().match(text, 0, 4)).isEqualTo(-1);
    }

    @Test
    void anchorsAreTheRarestLiterals() throws RegexSyntaxException {
        List<Anchor> anchors =
                ByteRegex.parse("[0-9]{2,4}(?:ghp|gho)_[A-Za-z0-9]{36}").anchors();
        assertThat(anchors)
                .extracting(anchor -> new String(anchor.literal(), StandardCharsets.ISO_8859_1))
                .containsExactlyInAnyOrder("ghp_", "gho_");
        assertThat(anchors).allMatch(anchor -> anchor.minimum() == 2 && anchor.maximum() == 4);
    }

    @Test
    void theOutlineLeavesOutConditionsAndTheEnd() throws RegexSyntaxException {
        ByteRegex regex = ByteRegex.parse("\\bkey=[a-z]{3,}(?:;x*)?$");
        assertThat(regex.outline()).isEqualTo("key\\x3d[\\x61-\\x7a]{3,3}");
        assertThat(regex.outlineMaximum()).isEqualTo(7);
    }
}
