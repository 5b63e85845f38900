package cofferdam.analysis.rules;

import cofferdam.analysis.search.InvalidNeedleException;
import cofferdam.analysis.search.SampleFile;
import cofferdam.analysis.search.Searcher;
import cofferdam.analysis.search.Searchers;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Searches a warm file with each built-in rule alone, in one thread, and prints a table: gigabytes
 * (10^9 bytes) a second, matches and findings of each rule, the slowest first. Run by
 *
 * <pre>
 * mvn -Pbenchmark -Dquick -DskipTests -Dbenchmark=RuleCostBenchmark verify
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
@Fork(value = 1, jvmArgs = "--enable-native-access=ALL-UNNAMED")
public class RuleCostBenchmark {

    private static final long BYTES = 256L << 20;

    /** The best of so many passes counts. */
    private static final int PASSES = 3;

    private final Arena arena = Arena.ofShared();
    private final List<Cost> costs = new ArrayList<>();
    private Path file;
    private MemorySegment image;

    private record Cost(double gigabytes, long matches, long findings, String rule) {}

    /** Made by JMH. */
    public RuleCostBenchmark() {}

    @Setup
    public void open() throws IOException {
        file = Files.createTempFile("benchmark", "");
        SampleFile.write(file, BYTES);
        try (FileChannel channel = FileChannel.open(file)) {
            image = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
        image.load();
    }

    @TearDown
    public void close() throws IOException {
        arena.close();
        Files.delete(file);
        costs.sort((left, right) -> Double.compare(left.gigabytes, right.gigabytes));
        System.out.printf("%n%6s %8s %8s  %s%n", "GB/s", "matches", "findings", "rule");
        for (Cost cost : costs) {
            System.out.printf(
                    "%6.2f %8d %8d  %s%n", cost.gigabytes, cost.matches, cost.findings, cost.rule);
        }
    }

    @Benchmark
    public int everyRuleAlone() throws InvalidNeedleException {
        costs.clear();
        for (Rule rule : SecretRules.builtIn()) {
            costs.add(cost(rule));
        }
        return costs.size();
    }

    private Cost cost(Rule rule) throws InvalidNeedleException {
        try (Searcher searcher = Searchers.compile(rule.needles())) {
            long best = Long.MAX_VALUE;
            long[] counts = new long[2];
            for (int pass = 0; pass < PASSES; pass++) {
                counts = new long[2];
                long start = System.nanoTime();
                search(searcher, rule, counts);
                best = Math.min(best, System.nanoTime() - start);
            }
            return new Cost((double) BYTES / best, counts[0], counts[1], rule.id());
        }
    }

    private void search(Searcher searcher, Rule rule, long[] counts) {
        searcher.search(image, (needle, start, end) -> {
            counts[0]++;
            byte[] match = image.asSlice(start, end - start).toArray(ValueLayout.JAVA_BYTE);
            counts[1] += rule.accepts(match) ? 1 : 0;
        });
    }
}
