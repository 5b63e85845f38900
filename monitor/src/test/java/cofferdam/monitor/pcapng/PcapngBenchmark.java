package cofferdam.monitor.pcapng;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Direction;

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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** Frames of 64 bytes that one thread appends to a file in a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PcapngBenchmark {

    private static final int FRAMES = 10_000;
    private static final int FRAME_BYTES = 64;

    /** The file is cut back to nothing at this size, so that the disk does not fill. */
    private static final long TRUNCATE_BYTES = 256L << 20;

    private final byte[] frame = new byte[FRAME_BYTES];
    private Path file;
    private FileChannel channel;
    private PcapngWriter writer;
    private long time;

    /** Made by JMH. */
    public PcapngBenchmark() {}

    @Setup
    public void open() throws IOException {
        file = Files.createTempFile("benchmark", ".pcapng");
        channel = FileChannel.open(file, StandardOpenOption.WRITE);
        writer = new PcapngWriter(channel);
        writer.addInterface(new CaptureInterface("eth0", "benchmark", new MacAddress(1)));
    }

    @TearDown
    public void close() throws IOException {
        writer.close();
        Files.delete(file);
    }

    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public void append() throws IOException {
        for (int i = 0; i < FRAMES; i++) {
            writer.frame(0, time++, Direction.INBOUND, frame, 0, FRAME_BYTES);
        }
        if (channel.position() > TRUNCATE_BYTES) {
            channel.truncate(0);
        }
    }
}
