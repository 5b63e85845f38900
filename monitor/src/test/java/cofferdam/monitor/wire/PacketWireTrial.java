package cofferdam.monitor.wire;

import cofferdam.monitor.live.RealTime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * What {@link PacketWireTest} runs inside a user and network namespace. There k0 (the kernel's, with
 * an address) is the other end of w0, and k1, in a third namespace, that of w1. Wires on w0 and w1
 * join the two kernels, which judge every checksum. Each trial prints its name, a colon and what it
 * saw.
 */
final class PacketWireTrial {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int BYTES = 3_000_000;
    private static final int PORT = 5000;

    private final RealTime time = new RealTime();
    private final PrintStream out = System.out;
    private final Process shell;
    private final BufferedReader answers;

    private PacketWireTrial() throws IOException {
        shell = new ProcessBuilder("unshare", "-n", "bash")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        answers = shell.inputReader();
    }

    public static void main(String[] arguments) throws Exception {
        PacketWireTrial trial = new PacketWireTrial();
        try {
            trial.prepare();
            trial.joinKernels();
            trial.seeOnlyWhatComesIn();
            trial.loseAndRegainTheLink();
            trial.refuse();
            trial.openATap();
        } finally {
            trial.shell.destroyForcibly();
            trial.time.close();
        }
    }

    private void prepare() throws IOException {
        there("echo");
        run("ip link add w0 type veth peer name k0");
        run("ip link add w1 type veth peer name k1");
        run("ip link set k1 netns " + shell.pid());
        run("ip link set lo up");
        for (String wire : new String[] {"w0", "w1"}) {
            Files.writeString(Path.of("/proc/sys/net/ipv6/conf/" + wire + "/disable_ipv6"), "1");
            run("ip link set " + wire + " up");
        }
        run("ip addr add 10.0.0.1/24 dev k0");
        run("ip addr add fd00::1/64 dev k0 nodad");
        run("ip link set k0 up");
        there("ip addr add 10.0.0.2/24 dev k1; ip addr add fd00::2/64 dev k1 nodad;"
                + " ip link set k1 up");
    }

    private void joinKernels() throws IOException {
        try (PacketWire first = PacketWire.open(time, "w0");
                PacketWire second = PacketWire.open(time, "w1")) {
            first.attach(second);
            second.attach(first);
            out.println("tcp4: " + transfer("10.0.0.1"));
            out.println("tcp6: " + transfer("fd00::1"));
            out.println("udp: " + datagram());
            out.println("malformed: " + second.counters().malformed());
            out.println("passed: " + (second.counters().in() > 2L * BYTES / 1448));
        }
    }

    /** The other kernel sends megabytes, in segments that hardware would have to cut. */
    private String transfer(String address) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(address, PORT)).configureBlocking(false);
            tell("head -c %d /dev/zero | tr '\\0' x > /dev/tcp/%s/%d"
                    .formatted(BYTES, address, PORT));
            SocketChannel[] accepted = new SocketChannel[1];
            until(() -> (accepted[0] = quietly(server::accept)) != null);
            if (accepted[0] == null) {
                return "no connection";
            }
            accepted[0].configureBlocking(false);
            int[] got = new int[2];
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            until(() -> {
                int read = quietly(() -> accepted[0].read(buffer.clear()));
                for (int i = 0; i < read; i++) {
                    got[1] += buffer.get(i) == 'x' ? 1 : 0;
                }
                got[0] += Math.max(0, read);
                return read < 0;
            });
            accepted[0].close();
            return got[0] == BYTES && got[1] == BYTES ? "whole" : "got " + Arrays.toString(got);
        }
    }

    private String datagram() throws IOException {
        InetSocketAddress address = new InetSocketAddress("10.0.0.1", PORT);
        try (DatagramChannel channel = DatagramChannel.open().bind(address)) {
            channel.configureBlocking(false);
            tell("echo hello > /dev/udp/10.0.0.1/" + PORT);
            ByteBuffer got = ByteBuffer.allocate(100);
            until(() -> quietly(() -> channel.receive(got)) != null);
            return new String(got.array(), 0, got.position(), StandardCharsets.UTF_8).trim();
        }
    }

    /** A wire on each end of the same pair. */
    private void seeOnlyWhatComesIn() throws IOException {
        try (PacketWire near = PacketWire.open(time, "w0");
                PacketWire far = PacketWire.open(time, "k0")) {
            Inbox nearby = new Inbox();
            Inbox faraway = new Inbox();
            near.attach(nearby);
            far.attach(faraway);
            byte[] stranger = Inbox.frame(600, 1);
            stranger[0] = 2;
            byte[] tagged = Inbox.frame(1518, 2);
            System.arraycopy(new byte[] {(byte) 0x81, 0, 0x70, 7}, 0, tagged, 12, 4);
            far.accept(stranger, 0, stranger.length);
            far.accept(tagged, 0, tagged.length);
            until(() -> has(nearby, stranger) && has(nearby, tagged));
            out.println("stranger's: " + has(nearby, stranger));
            out.println("tagged: " + has(nearby, tagged));
            time.await(() -> false, Duration.ofMillis(100));
            out.println("own: " + (has(faraway, stranger) || has(faraway, tagged)));
        }
    }

    private void loseAndRegainTheLink() throws IOException {
        try (PacketWire near = PacketWire.open(time, "w0");
                PacketWire far = PacketWire.open(time, "k0")) {
            Inbox faraway = new Inbox();
            far.attach(faraway);
            byte[] frame = Inbox.frame(60, 5);
            run("ip link set w0 down");
            near.accept(frame, 0, frame.length);
            out.println("down: " + near.counters().unattached());
            run("ip link set w0 up");
            until(() -> {
                near.accept(frame, 0, frame.length);
                time.await(() -> false, Duration.ofMillis(10));
                return has(faraway, frame);
            });
            out.println("up again: " + has(faraway, frame));
        }
    }

    private void refuse() {
        for (String name : new String[] {"nowhere", "lo"}) {
            try (PacketWire wire = PacketWire.open(time, name)) {
                out.println("refused: not " + wire);
            } catch (IOException refused) {
                out.println("refused: " + refused.getMessage());
            }
        }
        long left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("wire "))
                .count();
        out.println("threads: " + left);
    }

    private void openATap() throws IOException {
        if (!Files.isWritable(Path.of("/dev/net/tun"))) {
            out.println("tap: none");
            return;
        }
        try (TapWire tap = TapWire.open(time, "tap0")) {
            Inbox inbox = new Inbox();
            tap.attach(inbox);
            run("ip addr add 10.9.0.1/24 dev tap0");
            run("ip link set tap0 address 02:00:00:00:09:01 up");
            byte[] request = request();
            until(() -> {
                tap.accept(request, 0, request.length);
                time.await(() -> false, Duration.ofMillis(10));
                return inbox.frames.stream().anyMatch(PacketWireTrial::isReply);
            });
            out.println("tap: " + inbox.frames.stream().anyMatch(PacketWireTrial::isReply));
        }
    }

    /** 10.9.0.2 asks who has 10.9.0.1 (RFC 826). */
    private static byte[] request() {
        return ByteBuffer.allocate(42)
                .put(new byte[] {-1, -1, -1, -1, -1, -1, 2, 0, 0, 0, 9, 2, 8, 6})
                .put(new byte[] {0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 9, 2, 10, 9, 0, 2})
                .put(new byte[] {0, 0, 0, 0, 0, 0, 10, 9, 0, 1})
                .array();
    }

    private static boolean isReply(byte[] frame) {
        return frame.length >= 42
                && frame[12] == 8
                && frame[13] == 6
                && frame[21] == 2
                && frame[26] == 9
                && frame[27] == 1;
    }

    private static boolean has(Inbox inbox, byte[] frame) {
        return inbox.frames.stream().anyMatch(got -> Arrays.equals(got, frame));
    }

    private void until(BooleanSupplier condition) {
        long end = time.now() + LIMIT.toNanos();
        while (time.now() < end && !condition.getAsBoolean()) {
            time.await(() -> false, Duration.ofMillis(1));
        }
    }

    private interface Attempt<T> {
        T run() throws IOException;
    }

    private static <T> T quietly(Attempt<T> attempt) {
        try {
            return attempt.run();
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    /** Runs the commands in the third namespace, to their end. */
    private void there(String commands) throws IOException {
        tell(commands + "; echo done");
        String line = answers.readLine();
        while (line != null && !line.equals("done")) {
            line = answers.readLine();
        }
    }

    private void tell(String commands) throws IOException {
        shell.outputWriter().write(commands + "\n");
        shell.outputWriter().flush();
    }

    private static void run(String command) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", command).inheritIO().start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("failed: " + command);
            }
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
