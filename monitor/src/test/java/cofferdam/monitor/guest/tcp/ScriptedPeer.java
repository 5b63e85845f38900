package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.guest.tcp.TestApplication.Closing;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/** One real machine, and a peer whose segments a test writes by hand. */
final class ScriptedPeer {

    static final Ipv4Address ADDRESS = Ipv4Address.parse("10.0.0.9");
    static final int SERVICE = 110;
    static final int PORT = 4000;
    static final int INITIAL = Integer.MAX_VALUE - 5;
    static final byte[] NOTHING = {};

    final VirtualTime time = new VirtualTime();
    final List<TcpSegment> answers = new ArrayList<>();
    final List<TestApplication> accepted = new ArrayList<>();
    final TcpSockets machine;
    private int next = INITIAL;
    private int expected;

    ScriptedPeer(byte[] served) {
        TcpNetwork network = new TcpNetwork() {
            @Override
            public void send(Ipv4Address target, TcpSegment segment) {
                answers.add(segment);
            }

            @Override
            public void reachable(Ipv4Address peer) {}
        };
        machine = new TcpSockets(network, time, new SplittableRandom(3));
        machine.listen(SERVICE, connection -> {
            accepted.add(new TestApplication(connection, served, Closing.NEVER));
            return accepted.getLast();
        });
    }

    ScriptedPeer() {
        this(NOTHING);
    }

    /** Completes the handshake. */
    ScriptedPeer established() {
        send(0, 0, 8000, NOTHING, Flag.SYN);
        TcpSegment synAck = answers.getLast();
        assertThat(synAck.flags()).containsExactly(Flag.SYN, Flag.ACK);
        next = INITIAL + 1;
        expected = synAck.sequence() + 1;
        send(0, 0, 8000, NOTHING, Flag.ACK);
        assertThat(accepted).hasSize(1);
        return this;
    }

    TestApplication application() {
        return accepted.getFirst();
    }

    /** What the machine has sent since the last call. */
    List<TcpSegment> takeAnswers() {
        List<TcpSegment> taken = List.copyOf(answers);
        answers.clear();
        return taken;
    }

    /** Sends a segment; offsets are from what is next on each side. */
    void send(int offset, int acknowledged, int window, byte[] data, Flag... flags) {
        EnumSet<Flag> set = EnumSet.noneOf(Flag.class);
        set.addAll(List.of(flags));
        TcpSegment segment = new TcpSegment(
                PORT, SERVICE, next + offset, expected + acknowledged, set, window, 0, data);
        machine.receive(ADDRESS, segment);
    }

    int next() {
        return next;
    }
}
