package cofferdam.monitor.guest.tcp;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.guest.tcp.TestApplication.Closing;
import cofferdam.monitor.packet.TcpSegment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** Two machines whose segments cross a wire that delays, loses, reorders and doubles them. */
final class TestPair {

    static final Ipv4Address CLIENT = Ipv4Address.parse("10.0.0.1");
    static final Ipv4Address SERVER = Ipv4Address.parse("10.0.0.2");
    static final int PORT = 110;

    /** What the wire does. */
    record Faults(double loss, double doubled, Duration jitter) {
        static final Faults NONE = new Faults(0, 0, Duration.ZERO);
    }

    /** A segment on its way. */
    record Sent(boolean byClient, TcpSegment segment, long time) {}

    final VirtualTime time = new VirtualTime();
    final List<Sent> sent = new ArrayList<>();
    final List<TestApplication> accepted = new ArrayList<>();
    final TcpSockets client;
    final TcpSockets server;
    private final SplittableRandom random;
    private final Faults faults;
    private Predicate<Sent> dropped = segment -> false;

    TestPair(long seed, Faults faults) {
        this.random = new SplittableRandom(seed);
        this.faults = faults;
        this.client = new TcpSockets(new Half(true), time, new SplittableRandom(seed + 1));
        this.server = new TcpSockets(new Half(false), time, new SplittableRandom(seed + 2));
    }

    TestPair() {
        this(1, Faults.NONE);
    }

    /** From now on the wire loses what the predicate says, besides what the faults do. */
    void drop(Predicate<Sent> which) {
        dropped = which;
    }

    void serve(byte[] data, Closing closing) {
        server.listen(PORT, connection -> {
            TestApplication application = new TestApplication(connection, data, closing);
            accepted.add(application);
            return application;
        });
    }

    TestApplication connect(byte[] data, Closing closing) {
        List<TestApplication> made = new ArrayList<>();
        client.connect(SERVER, PORT, connection -> {
            made.add(new TestApplication(connection, data, closing));
            return made.getFirst();
        });
        return made.getFirst();
    }

    private final class Half implements TcpNetwork {
        private final boolean byClient;

        Half(boolean byClient) {
            this.byClient = byClient;
        }

        @Override
        public void send(Ipv4Address target, TcpSegment segment) {
            Sent entry = new Sent(byClient, segment, time.now());
            sent.add(entry);
            deliver(entry);
            if (random.nextDouble() < faults.doubled()) {
                deliver(entry);
            }
        }

        private void deliver(Sent entry) {
            if (dropped.test(entry) || random.nextDouble() < faults.loss()) {
                return;
            }
            long jitter = faults.jitter().isZero()
                    ? 0
                    : random.nextLong(faults.jitter().toNanos());
            time.after(Duration.ofMillis(1).plusNanos(jitter), () -> {
                TcpSockets receiver = byClient ? server : client;
                receiver.receive(byClient ? CLIENT : SERVER, entry.segment());
            });
        }

        @Override
        public void reachable(Ipv4Address peer) {}
    }
}
