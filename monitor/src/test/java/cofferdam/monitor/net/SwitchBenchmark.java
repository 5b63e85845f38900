package cofferdam.monitor.net;

import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.policy.NetworkPolicy;
import cofferdam.monitor.policy.NetworkPolicy.Mode;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Frames per second that one thread sends through a fabric of 8 ports and 256 stations: for every
 * frame the source is learned, the destination looked up, and the frame copied into the ring of
 * each port that it goes to. The score counts frames that come in, not copies.
 *
 * <p>The compiler may inline the fabric into the loop that feeds it even if it has compiled the
 * fabric by itself before: whether it does decides between 35 and 55 million frames a second.
 */
@State(Scope.Thread)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-XX:InlineSmallCode=6000"})
public class SwitchBenchmark {

    /** Made by the harness. */
    public SwitchBenchmark() {
        // The fields are set before each trial.
    }

    private static final int PORTS = 8;
    private static final int STATIONS_PER_PORT = 32;
    private static final int FRAMES = 1024;

    @Param({"SWITCH", "HUB", "UNKNOWN", "HARDENED"})
    public Kind kind = Kind.SWITCH;

    /** Bytes of a frame. */
    @Param({"64", "1500"})
    public int bytes = 64;

    private final SplittableRandom random = new SplittableRandom(1);
    private final FabricPort[] ports = new FabricPort[PORTS];
    private final Ring[] rings = new Ring[PORTS];
    private final int[] ingress = new int[FRAMES];
    private byte[] frames = new byte[0];
    private long now;

    /** What the fabric is. */
    public enum Kind {
        /** A plain learning switch; it knows every destination. */
        SWITCH,
        /** A hub. */
        HUB,
        /** A plain learning switch; it knows no destination, so that every frame floods. */
        UNKNOWN,
        /** Every filter there is, with one station at each port, to and from one trusted port. */
        HARDENED
    }

    /** Attaches the ports, lets the fabric hear every station once, and makes the frames. */
    @Setup
    public void prepare() {
        attach();
        frames = new byte[FRAMES * bytes];
        for (int i = 0; i < PORTS * STATIONS_PER_PORT; i++) {
            write(0, station(0, 0), station(i % PORTS, i / PORTS));
            ports[i % PORTS].accept(frames, 0, bytes);
        }
        for (int i = 0; i < FRAMES; i++) {
            int from = random.nextInt(PORTS);
            int to = (from + 1 + random.nextInt(PORTS - 1)) % PORTS;
            if (kind == Kind.HARDENED) {
                from = i % 2 == 0 ? 0 : 1 + random.nextInt(PORTS - 1);
                to = i % 2 == 0 ? 1 + random.nextInt(PORTS - 1) : 0;
            }
            ingress[i] = from;
            int towards = kind == Kind.UNKNOWN ? PORTS + to : to;
            write(i, station(towards, choice()), station(from, choice()));
        }
        Arrays.stream(rings).forEach(ring -> ring.received = 0);
        forward();
        long copies = Arrays.stream(rings).mapToLong(ring -> ring.received).sum();
        long expected = kind == Kind.HUB || kind == Kind.UNKNOWN ? FRAMES * (PORTS - 1) : FRAMES;
        if (copies != expected) {
            throw new IllegalStateException(
                    "%s made %d copies, not %d".formatted(kind, copies, expected));
        }
    }

    /** Sends every frame through the fabric once. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long forward() {
        // Locals, so that the loop measures the fabric and not the reloading of this object's
        // fields.
        byte[] buffer = frames;
        FabricPort[] to = ports;
        int[] from = ingress;
        int length = bytes;
        for (int i = 0; i < FRAMES; i++) {
            now += 100;
            to[from[i]].accept(buffer, i * length, length);
        }
        return rings[0].received;
    }

    private void attach() {
        Fabric fabric = fabric();
        for (int i = 0; i < PORTS; i++) {
            rings[i] = new Ring();
            ports[i] = kind == Kind.HARDENED && i > 0
                    ? fabric.attachGuest("vm" + i, station(i, 0), rings[i])
                    : fabric.attachUplink("port" + i, rings[i]);
        }
    }

    private Fabric fabric() {
        return switch (kind) {
            case SWITCH, UNKNOWN -> Fabrics.plainSwitch(() -> now);
            case HUB -> guestFabric(Policies.open().mode(Mode.SHARED).policy());
            case HARDENED -> guestFabric(Policies.hardened());
        };
    }

    private Fabric guestFabric(NetworkPolicy policy) {
        return Fabrics.guestFabric(policy, Map.of(), () -> now, new DropCounter(() -> now));
    }

    private int choice() {
        return kind == Kind.HARDENED ? 0 : random.nextInt(STATIONS_PER_PORT);
    }

    private static MacAddress station(int port, int index) {
        return new MacAddress(0x02_00_00_00_00_00L | port << 8 | index);
    }

    private void write(int index, MacAddress destination, MacAddress source) {
        int offset = index * bytes;
        destination.write(frames, offset);
        source.write(frames, offset + MacAddress.BYTES);
        frames[offset + 12] = (byte) (Ethernet.IPV4 >> 8);
        frames[offset + 13] = (byte) Ethernet.IPV4;
    }

    /** Frames one behind the other in a buffer that starts again when it is full. */
    private static final class Ring implements FrameSink {
        private static final int BYTES = 1 << 14;

        private final byte[] memory = new byte[BYTES];
        private int end;
        private long received;

        @Override
        public void accept(byte[] buffer, int offset, int length) {
            int start = end + length <= BYTES ? end : 0;
            System.arraycopy(buffer, offset, memory, start, length);
            end = start + length;
            received++;
        }
    }
}
