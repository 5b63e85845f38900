package cofferdam.analysis.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import cofferdam.analysis.regex.RandomRegex;
import cofferdam.analysis.search.Searchers.Engine;

import org.junit.jupiter.api.Test;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

class SearchersTest {

    private static final int ROUNDS = Boolean.getBoolean("cofferdam.sweep") ? 20_000 : 400;

    /** More than any engine looks at in one step. */
    private static final int LARGE = 700_000;

    private record Hit(int needle, long start, long end) implements Comparable<Hit> {
        @Override
        public int compareTo(Hit other) {
            int order = Integer.compare(needle, other.needle);
            order = order != 0 ? order : Long.compare(start, other.start);
            return order != 0 ? order : Long.compare(end, other.end);
        }
    }

    private static List<Hit> hits(Searcher searcher, MemorySegment text) {
        List<Hit> hits = new ArrayList<>();
        searcher.search(text, (needle, start, end) -> hits.add(new Hit(needle, start, end)));
        Collections.sort(hits);
        return hits;
    }

    private static List<Hit> hits(List<Needle> needles, Engine engine, MemorySegment text)
            throws InvalidNeedleException {
        try (Searcher searcher = Searchers.compile(needles, engine).orElse(null)) {
            assumeThat(searcher).as(engine + " is there").isNotNull();
            return hits(searcher, text);
        }
    }

    private static List<Hit> naive(List<Needle> needles, byte[] text) {
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < needles.size(); i++) {
            if (needles.get(i) instanceof Needle.Literal literal) {
                for (int at = 0; at + literal.bytes().length <= text.length; at++) {
                    if (stands(literal, text, at)) {
                        hits.add(new Hit(i, at, at + literal.bytes().length));
                    }
                }
            }
        }
        return hits;
    }

    private static boolean stands(Needle.Literal literal, byte[] text, int at) {
        for (int i = 0; i < literal.bytes().length; i++) {
            int left = literal.bytes()[i];
            int right = text[at + i];
            if (literal.ignoreCase()) {
                left = lower(left);
                right = lower(right);
            }
            if (left != right) {
                return false;
            }
        }
        return true;
    }

    private static int lower(int value) {
        return value >= 'A' && value <= 'Z' ? value + 32 : value;
    }

    private static byte[] random(SplittableRandom random, int size, int alphabet) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        if (alphabet < 256) {
            for (int i = 0; i < size; i++) {
                bytes[i] = (byte) ("aAbB@`[{".charAt(Byte.toUnsignedInt(bytes[i]) % alphabet));
            }
        }
        return bytes;
    }

    /** Pieces of the text, so that they are found, at both ends too, and others. */
    private static List<Needle> literals(SplittableRandom random, byte[] text, int count) {
        List<Needle> needles = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 400 : 5);
            boolean ignoreCase = random.nextBoolean();
            if (length > text.length) {
                needles.add(new Needle.Literal(random(random, length, 256), ignoreCase));
                continue;
            }
            int at = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> text.length - length;
                default -> random.nextInt(text.length - length + 1);
            };
            needles.add(new Needle.Literal(Arrays.copyOfRange(text, at, at + length), ignoreCase));
        }
        return needles;
    }

    @Test
    void everyEngineFindsTheSameLiterals() throws InvalidNeedleException {
        var random = new SplittableRandom(11);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] text = random(random, random.nextInt(3000), new int[] {2, 4, 8, 256}[i % 4]);
            List<Needle> needles = literals(random, text, 1 + random.nextInt(12));
            List<Hit> expected = naive(needles, text);
            for (Engine engine : Engine.values()) {
                assertThat(hits(needles, engine, MemorySegment.ofArray(text)))
                        .as("seed 11 iteration %d %s", i, engine)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void literalsAcrossTheBordersOfStepsAreFoundOnce() throws InvalidNeedleException {
        var random = new SplittableRandom(12);
        byte[] text = random(random, LARGE, 256);
        List<Needle> needles = new ArrayList<>();
        for (int border = 65536; border < LARGE; border += 65536) {
            for (int length : new int[] {2, 9, 256, 257, 4096}) {
                int start = border - random.nextInt(1, length);
                int end = Math.min(text.length, start + length);
                needles.add(new Needle.Literal(
                        Arrays.copyOfRange(text, start, end), random.nextBoolean()));
            }
        }
        List<Hit> expected = naive(needles, text);
        assertThat(expected).hasSizeGreaterThanOrEqualTo(needles.size());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(text.length).copyFrom(MemorySegment.ofArray(text));
            for (Engine engine : Engine.values()) {
                for (MemorySegment segment : List.of(copy, MemorySegment.ofArray(text))) {
                    assertThat(hits(needles, engine, segment)).as("%s", engine).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void everyByteValueIsFound() throws InvalidNeedleException {
        byte[] text = new byte[512];
        List<Needle> needles = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            text[i] = (byte) i;
            needles.add(new Needle.Literal(new byte[] {(byte) i}, i >= 256));
        }
        List<Hit> expected = naive(needles, text);
        for (Engine engine : Engine.values()) {
            assertThat(hits(needles, engine, MemorySegment.ofArray(text)))
                    .as("%s", engine)
                    .isEqualTo(expected);
        }
    }

    @Test
    void nothingIsFoundInNothing() throws InvalidNeedleException {
        List<Needle> needles = List.of(new Needle.Literal(new byte[] {1, 2}, false));
        for (Engine engine : Engine.values()) {
            assertThat(hits(needles, engine, MemorySegment.ofArray(new byte[0])))
                    .isEmpty();
            assertThat(hits(needles, engine, MemorySegment.ofArray(new byte[] {1})))
                    .isEmpty();
        }
        try (Searcher none = Searchers.compile(List.of())) {
            assertThat(hits(none, MemorySegment.ofArray(new byte[1000]))).isEmpty();
        }
    }

    @Test
    void everyEngineFindsTheSameMatchesOfExpressions() throws InvalidNeedleException {
        var random = new SplittableRandom(13);
        int found = 0;
        for (int i = 0; i < ROUNDS; i++) {
            byte[] text = random(random, random.nextInt(400), 4);
            List<Needle> needles = new ArrayList<>(literals(random, text, 1));
            for (int tries = 0; tries < 6; tries++) {
                var needle = new Needle.Expression(
                        new RandomRegex(random).expression(), 1 + random.nextInt(40));
                if (isUsable(needle)) {
                    needles.add(needle);
                }
            }
            List<Hit> library = hits(needles, Engine.VECTORSCAN, MemorySegment.ofArray(text));
            found += library.size();
            assertThat(hits(needles, Engine.JAVA, MemorySegment.ofArray(text)))
                    .as("seed 13 iteration %d %s", i, needles)
                    .isEqualTo(library);
        }
        assertThat(found).isGreaterThan(ROUNDS);
    }

    private static boolean isUsable(Needle needle) {
        try {
            Needles.of(List.of(needle));
            return true;
        } catch (InvalidNeedleException e) {
            return false;
        }
    }

    @Test
    void matchesAcrossTheBordersOfStepsAreTheSameInEveryEngine() throws InvalidNeedleException {
        var random = new SplittableRandom(14);
        byte[] text = random(random, LARGE, 4);
        List<Needle> needles = List.of(
                new Needle.Expression("a[ab]{3,}", 50),
                new Needle.Expression("(?i)abba.{1,300}?bbab", 4000),
                new Needle.Expression("\\bAAbB[^B]*", 20),
                new Needle.Expression("[aA]", 1),
                new Needle.Literal("aAbB".getBytes(StandardCharsets.US_ASCII), true));
        List<Hit> library = hits(needles, Engine.VECTORSCAN, MemorySegment.ofArray(text));
        assertThat(library).hasSizeGreaterThan(100_000);
        assertThat(hits(needles, Engine.JAVA, MemorySegment.ofArray(text))).isEqualTo(library);
    }

    @Test
    void literalsOverlapAndMatchesOfExpressionsDoNot() throws InvalidNeedleException {
        byte[] text = "aaaa".getBytes(StandardCharsets.US_ASCII);
        List<Needle> needles = List.of(
                new Needle.Literal("aa".getBytes(StandardCharsets.US_ASCII), false),
                new Needle.Expression("aa", 2));
        for (Engine engine : List.of(Engine.VECTORSCAN, Engine.JAVA)) {
            assertThat(hits(needles, engine, MemorySegment.ofArray(text)))
                    .containsExactly(
                            new Hit(0, 0, 2),
                            new Hit(0, 1, 3),
                            new Hit(0, 2, 4),
                            new Hit(1, 0, 2),
                            new Hit(1, 2, 4));
        }
    }

    @Test
    void theEngineIsChosenByTheSet() throws InvalidNeedleException {
        List<Needle> few = Needle.Literal.ofText("canary", true);
        List<Needle> many = Collections.nCopies(4, few.getFirst());
        List<Needle> mixed = List.of(few.getFirst(), new Needle.Expression("a+b", 9));
        try (Searcher forFew = Searchers.compile(few);
                Searcher forMany = Searchers.compile(many);
                Searcher forMixed = Searchers.compile(mixed)) {
            assertThat(forFew.engine()).matches("vector \\d+ bit|swar 64 bit");
            assertThat(forMany.engine()).matches("vectorscan 5.*|wu-manber.*");
            assertThat(forMixed.engine()).matches("vectorscan 5.*|wu-manber and.*");
            assertThat(forFew.longest()).isEqualTo(12);
            assertThat(forMixed.longest()).isEqualTo(9);
        }
    }

    @Test
    void whatCannotBeCompiledIsNamed() {
        List<Needle> wrong = List.of(new Needle.Expression("ab", 9), new Needle.Expression("(", 9));
        assertThatThrownBy(() -> Searchers.compile(wrong))
                .isInstanceOfSatisfying(
                        InvalidNeedleException.class, e -> assertThat(e.index()).isEqualTo(1))
                .hasMessageContaining("without its");
    }

    @Test
    void setsOverTheLimitsAreRefused() {
        Needle needle = new Needle.Literal(new byte[4096], false);
        assertThatThrownBy(() -> Searchers.compile(Collections.nCopies(10_001, needle)))
                .hasMessage("10001 needles, more than 10000");
        assertThatThrownBy(() -> Searchers.compile(Collections.nCopies(2000, needle)))
                .hasMessageContaining("4194304 bytes");
    }

    @Test
    void tenThousandLiteralsAreSearchedAtOnce() throws InvalidNeedleException {
        var random = new SplittableRandom(15);
        byte[] text = random(random, 300_000, 256);
        List<Needle> needles = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int at = random.nextInt(text.length - 100);
            needles.add(new Needle.Literal(
                    Arrays.copyOfRange(text, at, at + 5 + random.nextInt(90)), false));
        }
        List<Hit> library = hits(needles, Engine.VECTORSCAN, MemorySegment.ofArray(text));
        Set<Integer> found = new HashSet<>();
        library.forEach(hit -> found.add(hit.needle));
        assertThat(found).hasSize(10_000);
        assertThat(hits(needles, Engine.JAVA, MemorySegment.ofArray(text))).isEqualTo(library);
    }

    @Test
    void whatTheReceiverThrowsComesOutAndTheSearcherGoesOn() throws InvalidNeedleException {
        byte[] text = "xxabxxab".getBytes(StandardCharsets.US_ASCII);
        List<Needle> needles = List.of(
                new Needle.Literal("ab".getBytes(StandardCharsets.US_ASCII), false),
                new Needle.Expression("b[x]", 9));
        for (Engine engine : List.of(Engine.VECTORSCAN, Engine.JAVA)) {
            try (Searcher searcher = Searchers.compile(needles, engine).orElseThrow()) {
                assertThatThrownBy(() -> searcher.search(MemorySegment.ofArray(text), (n, s, e) -> {
                            throw new IllegalArgumentException("enough");
                        }))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("enough");
                assertThat(hits(searcher, MemorySegment.ofArray(text))).hasSize(3);
            }
        }
    }

    @Test
    void aSearcherServesSeveralThreads() throws Exception {
        var random = new SplittableRandom(16);
        byte[] text = random(random, LARGE, 8);
        List<Needle> needles = List.of(
                new Needle.Expression("a[bB]{2,9}", 50),
                new Needle.Literal("aAbB".getBytes(StandardCharsets.US_ASCII), true));
        for (Engine engine : List.of(Engine.VECTORSCAN, Engine.JAVA)) {
            try (Searcher searcher = Searchers.compile(needles, engine).orElseThrow();
                    var threads = Executors.newFixedThreadPool(4)) {
                List<Hit> expected = hits(searcher, MemorySegment.ofArray(text));
                Callable<List<Hit>> search = () -> hits(searcher, MemorySegment.ofArray(text));
                for (var found : threads.invokeAll(Collections.nCopies(8, search))) {
                    assertThat(found.get()).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void aClosedSearcherRefusesToSearch() throws InvalidNeedleException {
        List<Needle> needles = List.of(new Needle.Expression("ab", 2));
        Searcher searcher = Searchers.compile(needles, Engine.VECTORSCAN).orElseThrow();
        searcher.close();
        searcher.close();
        assertThatThrownBy(
                        () -> searcher.search(MemorySegment.ofArray(new byte[9]), (n, s, e) -> {}))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void textIsLookedForInBothEncodings() throws InvalidNeedleException {
        byte[] text = "say Geheim".getBytes(StandardCharsets.UTF_16LE);
        try (Searcher searcher = Searchers.compile(Needle.Literal.ofText("GEHEIM", true))) {
            assertThat(new TreeSet<>(hits(searcher, MemorySegment.ofArray(text))))
                    .containsExactly(new Hit(1, 8, 20));
        }
    }
}
