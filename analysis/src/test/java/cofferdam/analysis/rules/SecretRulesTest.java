package cofferdam.analysis.rules;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.regex.ByteRegex;
import cofferdam.analysis.search.EngineAccess;
import cofferdam.analysis.search.InvalidNeedleException;
import cofferdam.analysis.search.Needle;
import cofferdam.analysis.search.Searcher;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

class SecretRulesTest {

    private static final List<RuleEntry> ENTRIES = SecretRules.entries();

    /** Which needles belong to which rule, and the rules that accept a match. */
    private record Found(List<Rule> rules, List<Needle> needles, List<Integer> owners) {

        static Found of(List<Rule> rules) {
            List<Needle> needles = new ArrayList<>();
            List<Integer> owners = new ArrayList<>();
            for (int i = 0; i < rules.size(); i++) {
                for (Needle needle : rules.get(i).needles()) {
                    needles.add(needle);
                    owners.add(i);
                }
            }
            return new Found(rules, needles, owners);
        }

        Set<String> in(Searcher searcher, byte[] text) {
            Set<String> found = new HashSet<>();
            MemorySegment bytes = MemorySegment.ofArray(text);
            searcher.search(bytes, (needle, start, end) -> {
                Rule rule = rules.get(owners.get(needle));
                if (rule.accepts(
                        bytes.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE))) {
                    found.add(rule.id());
                }
            });
            return found;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VECTORSCAN", "JAVA"})
    void everyExampleIsFoundOrNotAsItsRuleSays(String engine) throws InvalidNeedleException {
        Found found = Found.of(SecretRules.builtIn());
        List<String> wrong = new ArrayList<>();
        try (Searcher searcher = EngineAccess.compile(found.needles, engine)) {
            for (RuleEntry entry : ENTRIES) {
                String id = entry.rule().id();
                for (Example example : entry.accept()) {
                    if (!found.in(searcher, example.bytes()).contains(id)) {
                        wrong.add(id + " misses " + shown(example));
                    }
                }
                for (Example example : entry.reject()) {
                    if (found.in(searcher, example.bytes()).contains(id)) {
                        wrong.add(id + " finds " + shown(example));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String shown(Example example) {
        return new String(example.bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theExamplesHoldWithoutAnEngineToo() {
        for (RuleEntry entry : ENTRIES) {
            assertThat(entry.accept()).as(entry.rule().id()).isNotEmpty();
            assertThat(entry.reject()).as(entry.rule().id()).isNotEmpty();
            assertThat(entry.accept())
                    .as(entry.rule().id())
                    .allMatch(example -> entry.finds(example.bytes()));
            assertThat(entry.reject())
                    .as(entry.rule().id())
                    .noneMatch(example -> entry.finds(example.bytes()));
        }
    }

    @Test
    void thereAreManyRulesAndEachIsAnchoredOnALiteral() throws Exception {
        assertThat(SecretRules.builtIn()).hasSizeGreaterThan(100);
        for (Rule rule : SecretRules.builtIn()) {
            assertThat(rule.id()).matches("[a-z0-9-]+");
            for (Needle needle : rule.needles()) {
                String regex = ((Needle.Expression) needle).regex();
                assertThat(ByteRegex.parse(regex).anchors()).as(regex).isNotEmpty();
            }
        }
    }

    @Test
    void theFileOfTheRulesHoldsNothingThatTheRulesFind() throws Exception {
        Found found = Found.of(SecretRules.builtIn());
        try (InputStream in = SecretRules.class.getResourceAsStream("secrets.yaml");
                Searcher searcher = EngineAccess.compile(found.needles, "JAVA")) {
            assertThat(found.in(searcher, in.readAllBytes())).isEmpty();
        }
    }

    @Test
    void bothEnginesFindTheSameInExamplesRunTogether() throws IOException, InvalidNeedleException {
        Found found = Found.of(SecretRules.builtIn());
        var random = new SplittableRandom(3);
        var text = new ByteArrayOutputStream();
        while (text.size() < 400_000) {
            RuleEntry entry = ENTRIES.get(random.nextInt(ENTRIES.size()));
            List<Example> examples = random.nextBoolean() ? entry.accept() : entry.reject();
            byte[] example = examples.get(random.nextInt(examples.size())).bytes();
            text.write(example, 0, random.nextInt(4) == 0 ? example.length / 2 : example.length);
            text.write(" \n\0x".charAt(random.nextInt(4)));
        }
        try (Searcher library = EngineAccess.compile(found.needles, "VECTORSCAN");
                Searcher java = EngineAccess.compile(found.needles, "JAVA")) {
            List<String> expected = hits(library, text.toByteArray());
            assertThat(expected).hasSizeGreaterThan(1000);
            assertThat(hits(java, text.toByteArray())).isEqualTo(expected);
        }
    }

    private static List<String> hits(Searcher searcher, byte[] text) {
        List<String> hits = new ArrayList<>();
        searcher.search(
                MemorySegment.ofArray(text),
                (needle, start, end) -> hits.add("%05d %09d %09d".formatted(needle, start, end)));
        hits.sort(null);
        return hits;
    }
}
