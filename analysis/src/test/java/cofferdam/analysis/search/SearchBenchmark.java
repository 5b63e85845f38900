package cofferdam.analysis.search;

import cofferdam.analysis.rules.SecretRules;
import cofferdam.analysis.search.Searchers.Engine;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Megabytes (10^6 bytes) that one thread searches in a second, in a warm file of 1 GiB that is mapped
 * into memory, beside {@code rg} and {@code grep} on the same file. Run by
 *
 * <pre>
 * mvn -Pbenchmark -Dquick -DskipTests -Dbenchmark=SearchBenchmark verify
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@OperationsPerInvocation(SearchBenchmark.MEGABYTES)
@Fork(
        value = 1,
        jvmArgs = {"--add-modules=jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
public class SearchBenchmark {

    static final int MEGABYTES = (int) ((1L << 30) / 1_000_000);

    private static final String CANARY = "COFFERDAM-CANARY";

    private final Arena arena = Arena.ofShared();
    private Path folder;
    private Path file;
    private Path list;
    private MemorySegment image;
    private List<Needle> hundred;

    private Searcher vector;
    private Searcher swar;
    private Searcher folded;
    private Searcher set;
    private Searcher javaSet;
    private Searcher rules;
    private Searcher javaRules;
    private long found;

    /** Made by JMH. */
    public SearchBenchmark() {}

    @Setup
    public void open() throws IOException, InvalidNeedleException {
        folder = Files.createTempDirectory("benchmark");
        file = folder.resolve("image");
        list = folder.resolve("needles");
        SampleFile.write(file, 1L << 30);
        try (FileChannel channel = FileChannel.open(file)) {
            image = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
        image.load();
        hundred = hundred();
        List<Needle> one = List.of(literal(CANARY, false));
        vector = Searchers.compile(one, Engine.VECTOR).orElseThrow();
        swar = Searchers.compile(one, Engine.SWAR).orElseThrow();
        folded = Searchers.compile(List.of(literal("password:", true)), Engine.VECTOR)
                .orElseThrow();
        set = Searchers.compile(hundred, Engine.VECTORSCAN).orElseThrow();
        javaSet = Searchers.compile(hundred, Engine.JAVA).orElseThrow();
        List<Needle> expressions = SecretRules.builtIn().stream()
                .flatMap(rule -> rule.needles().stream())
                .toList();
        rules = Searchers.compile(expressions, Engine.VECTORSCAN).orElseThrow();
        javaRules = Searchers.compile(expressions, Engine.JAVA).orElseThrow();
    }

    /** Sixteen letters and digits each. */
    private List<Needle> hundred() throws IOException {
        var random = new SplittableRandom(5);
        List<Needle> needles = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            var text = new StringBuilder();
            for (int j = 0; j < 16; j++) {
                text.append("abcdefghijklmnopqrstuvwxyz0123456789".charAt(random.nextInt(36)));
            }
            lines.add(text.toString());
            needles.add(literal(text.toString(), false));
        }
        Files.write(list, lines);
        return needles;
    }

    private static Needle literal(String text, boolean ignoreCase) {
        return new Needle.Literal(text.getBytes(StandardCharsets.US_ASCII), ignoreCase);
    }

    @TearDown
    public void close() throws IOException {
        arena.close();
        for (Path path : List.of(file, list, folder)) {
            Files.delete(path);
        }
    }

    private long search(Searcher searcher) {
        searcher.search(image, (needle, start, end) -> found++);
        return found;
    }

    @Benchmark
    public long oneLiteral() {
        return search(vector);
    }

    @Benchmark
    public long oneLiteralIgnoringCase() {
        return search(folded);
    }

    @Benchmark
    public long oneLiteralWithoutVectors() {
        return search(swar);
    }

    @Benchmark
    public int oneLiteralByRipgrep() throws Exception {
        return run("rg", "-a", "-c", "-F", CANARY);
    }

    @Benchmark
    public int oneLiteralByGrep() throws Exception {
        return run("grep", "-a", "-c", "-F", CANARY);
    }

    @Benchmark
    public long hundredLiterals() {
        return search(set);
    }

    @Benchmark
    public long hundredLiteralsWithoutLibrary() {
        return search(javaSet);
    }

    @Benchmark
    public int hundredLiteralsByRipgrep() throws Exception {
        return run("rg", "-a", "-c", "-F", "-f", list.toString());
    }

    @Benchmark
    public long builtInRules() {
        return search(rules);
    }

    @Benchmark
    public long builtInRulesWithoutLibrary() {
        return search(javaRules);
    }

    private int run(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.add(file.toString());
        return new ProcessBuilder(line)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
