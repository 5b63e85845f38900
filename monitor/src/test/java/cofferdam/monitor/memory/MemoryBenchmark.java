package cofferdam.monitor.memory;

import cofferdam.monitor.RefusedSetupException;
import cofferdam.monitor.policy.MemoryPolicy.Sharing;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What one thread does to 65,536 pages (256 MiB) of two guests: share all of them, with hash, full
 * comparison and remapping; break each share by a write; write to them again.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 10)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC"})
public class MemoryBenchmark {

    private static final int PAGE = PhysicalMemory.PAGE;
    private static final int GUESTS = 2;
    private static final int PAGES_OF_ONE = 32_768;
    private static final int PAGES = GUESTS * PAGES_OF_ONE;

    /** How many pages have the same contents. */
    @Param({"2", "32"})
    public int alike = 32;

    private final byte[] word = new byte[8];
    final GuestMemory[] guests = new GuestMemory[GUESTS];
    HostMemory host = host();
    private long cycles;

    private static HostMemory host() {
        return new HostMemory(
                (long) PAGES * PAGE,
                Rules.plain().sharing(Sharing.INTER_VM).policy(),
                Optional.empty(),
                new ManualTimeline(),
                new SplittableRandom(1));
    }

    /** Fills both guests' memory, so that the pages that are alike lie far apart. */
    void fill() throws RefusedSetupException {
        host = host();
        byte[] page = new byte[PAGE];
        for (int guest = 0; guest < GUESTS; guest++) {
            guests[guest] = host.configure(
                    "vm" + guest,
                    (long) PAGES_OF_ONE * PAGE,
                    more -> cycles += more,
                    new NoBalloon());
        }
        for (int i = 0; i < PAGES; i++) {
            new SplittableRandom(i % (PAGES / alike)).nextBytes(page);
            guests[i / PAGES_OF_ONE].write((long) (i % PAGES_OF_ONE) * PAGE, page, 0, PAGE);
        }
    }

    /** Memory of which nothing is shared yet. */
    @State(Scope.Thread)
    public static class Unshared {

        private final MemoryBenchmark all = new MemoryBenchmark();

        /** Fills it. */
        @Setup(Level.Invocation)
        public void fill(MemoryBenchmark settings) throws RefusedSetupException {
            all.alike = settings.alike;
            all.fill();
        }

        /** Gives it back. */
        @TearDown(Level.Invocation)
        public void close() {
            all.host.close();
        }
    }

    /** Memory of which all is shared. */
    @State(Scope.Thread)
    public static class Shared {

        private final MemoryBenchmark all = new MemoryBenchmark();

        /** Fills and shares it. */
        @Setup(Level.Invocation)
        public void fill(MemoryBenchmark settings) throws RefusedSetupException {
            all.alike = settings.alike;
            all.fill();
            all.host.scan(PAGES);
            if (all.host.usage().used() != (long) PAGES / all.alike * PAGE) {
                throw new IllegalStateException("%s is not all shared".formatted(all.host.usage()));
            }
        }

        /** Gives it back. */
        @TearDown(Level.Invocation)
        public void close() {
            all.host.close();
        }
    }

    /** Looks at every page once and shares it. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public long scan(Unshared memory) {
        memory.all.host.scan(PAGES);
        return memory.all.host.usage().used();
    }

    /** Writes to every page. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public long breakShares(Shared memory) {
        return memory.all.write();
    }

    /** Writes to every page when it is its guest's alone. */
    @Benchmark
    @OperationsPerInvocation(PAGES)
    public long writePrivate(Unshared memory) {
        return memory.all.write();
    }

    private long write() {
        for (GuestMemory guest : guests) {
            for (int page = 0; page < PAGES_OF_ONE; page++) {
                guest.write((long) page * PAGE, word, 0, word.length);
            }
        }
        return cycles;
    }

    /** Gives nothing. */
    private static final class NoBalloon implements Balloon {
        @Override
        public List<Integer> inflate(int pages) {
            return List.of();
        }

        @Override
        public List<Integer> deflate(int pages) {
            return List.of();
        }
    }
}
