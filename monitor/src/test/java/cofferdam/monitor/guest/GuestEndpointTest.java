package cofferdam.monitor.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.guest.TestSegment.Faults;
import cofferdam.monitor.guest.TestSegment.Host;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.IcmpEcho;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.TcpSegment;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

class GuestEndpointTest {

    private static final FlowId FLOW = FlowId.of(0x1234, 0x5678);
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final byte[] LOST = {};

    private final TestSegment segment = new TestSegment();
    private final Host source = segment.add("source");
    private final Host vm1 = segment.add("vm1");
    private final long start = segment.time.now();

    private void finish(Operation operation) {
        assertThat(segment.time.until(operation::done, LIMIT)).isTrue();
    }

    private long elapsedMillis() {
        return (segment.time.now() - start) / 1_000_000;
    }

    private static boolean carries(byte[] frame, String text) {
        return new String(frame, StandardCharsets.ISO_8859_1).contains(text);
    }

    private static boolean isProtocol(byte[] frame, int protocol) {
        return Ethernet.etherType(frame) == Ethernet.IPV4 && frame[23] == protocol;
    }

    private void assertFinished(FlowKind kind, FlowOutcome outcome, int sent, int answered) {
        Event.FlowFinished finished = segment.finished();
        assertThat(finished.actor()).isEqualTo("source");
        assertThat(finished.subject()).isEqualTo("vm1");
        assertThat(finished.flow()).isEqualTo(FLOW);
        assertThat(finished.kind()).isEqualTo(kind);
        assertThat(finished.outcome()).isEqualTo(outcome);
        assertThat(finished.sent()).isEqualTo(sent);
        assertThat(finished.answered()).isEqualTo(answered);
    }

    @Test
    void pingThatIsAnsweredCompletesAtOnce() {
        Operation ping = source.endpoint().ping(vm1, FLOW, 5, INTERVAL);
        finish(ping);

        assertFinished(FlowKind.PING, FlowOutcome.COMPLETED, 5, 5);
        assertThat(segment.finished().detail()).isEmpty();
        assertThat(elapsedMillis()).isEqualTo(400);
        assertThat(segment.events(Event.FlowStarted.class))
                .containsExactly(
                        new Event.FlowStarted(start, "source", "vm1", FlowKind.PING, FLOW));
        assertThat(segment.frames)
                .filteredOn(frame -> carries(frame, "cofferdam flow=" + FLOW + " seq=000005"))
                .hasSize(2);
    }

    @Test
    void probeThatIsAnsweredCompletesAtOnce() {
        finish(source.endpoint().probe(vm1, FLOW, 3, INTERVAL));

        assertFinished(FlowKind.PROBE, FlowOutcome.COMPLETED, 3, 3);
        assertThat(segment.frames)
                .filteredOn(frame -> isProtocol(frame, Ipv4Packet.UDP))
                .hasSize(6);
    }

    @Test
    void manyProbesAtOnceAllArrive() {
        finish(source.endpoint().probe(vm1, FLOW, 100, Duration.ZERO));

        assertFinished(FlowKind.PROBE, FlowOutcome.COMPLETED, 100, 100);
    }

    @Test
    void lostAnswersAreCountedAfterTwoSeconds() {
        segment.alter(frame -> carries(frame, "seq=000002") ? LOST : frame);
        finish(source.endpoint().probe(vm1, FLOW, 3, INTERVAL));

        assertFinished(FlowKind.PROBE, FlowOutcome.FAILED, 3, 2);
        assertThat(segment.finished().detail()).isEqualTo("no answer to 1 of 3");
        assertThat(elapsedMillis()).isEqualTo(2200);
    }

    @Test
    void pingToNobodyFails() {
        segment.alter(frame -> LOST);
        finish(source.endpoint().ping(vm1, FLOW, 2, INTERVAL));

        assertFinished(FlowKind.PING, FlowOutcome.FAILED, 2, 0);
        assertThat(segment.finished().detail()).isEqualTo("no answer to 2 of 2");
    }

    @Test
    void alteredAnswerIsNoAnswer() {
        segment.alter(GuestEndpointTest::alteredEcho);
        finish(source.endpoint().ping(vm1, FLOW, 2, INTERVAL));

        assertFinished(FlowKind.PING, FlowOutcome.FAILED, 2, 1);
        assertThat(segment.finished().detail()).isEqualTo("no answer to 1 of 2, 1 wrong answers");
    }

    /** A forwarder that changes what it forwards, and mends the checksum. */
    private static byte[] alteredEcho(byte[] frame) {
        boolean reply = isProtocol(frame, Ipv4Packet.ICMP)
                && frame[34] == 0
                && carries(frame, "seq=000001");
        if (!reply) {
            return frame;
        }
        Ipv4Packet packet = Ipv4Packet.inFrame(frame).orElseThrow();
        IcmpEcho echo = IcmpEcho.read(packet.payload()).orElseThrow();
        echo.data()[0] = 'C';
        return new Ipv4Packet(
                        packet.source(),
                        packet.target(),
                        packet.identification(),
                        64,
                        Ipv4Packet.ICMP,
                        echo.toBytes())
                .toFrame(Ethernet.destination(frame), Ethernet.source(frame));
    }

    @Test
    void doubledAnswersCountOnce() {
        TestSegment doubling = new TestSegment(1, new Faults(0, 1, Duration.ofMillis(1)));
        Host from = doubling.add("source");
        Host to = doubling.add("vm1");
        Operation probe = from.endpoint().probe(to, FLOW, 4, INTERVAL);

        assertThat(doubling.time.until(probe::done, LIMIT)).isTrue();
        assertThat(doubling.finished().answered()).isEqualTo(4);
        assertThat(doubling.finished().detail()).isEmpty();
    }

    @Test
    void loginReadsTheWholeMessageAndClosesInOrder() {
        finish(source.endpoint().login(vm1, FLOW));

        assertFinished(FlowKind.LOGIN, FlowOutcome.COMPLETED, 5, 5);
        assertThat(segment.finished().detail()).isEmpty();
        assertThat(segment.frames)
                .anyMatch(frame -> carries(frame, "USER flow-" + FLOW))
                .anyMatch(frame ->
                        carries(frame, "PASS " + MailAccount.of("vm1", FLOW).password()))
                .anyMatch(frame -> carries(frame, "cofferdam flow=" + FLOW + " line=000096"));
        assertThat(elapsedMillis()).isLessThan(10);
        segment.time.pass(LIMIT);
        assertThat(segment.time.waiting()).isZero();
    }

    @Test
    void loginToNobodyFindsTheHostUnreachable() {
        segment.alter(frame -> LOST);
        finish(source.endpoint().login(vm1, FLOW));

        assertFinished(FlowKind.LOGIN, FlowOutcome.FAILED, 0, 0);
        assertThat(segment.finished().detail()).isEqualTo("host unreachable");
        assertThat(elapsedMillis()).isEqualTo(3000);
    }

    @Test
    void loginThatIsCutOffEndsAfterAMinute() {
        segment.alter(frame -> carries(frame, "line=000001") ? LOST : frame);
        finish(source.endpoint().login(vm1, FLOW));

        assertFinished(FlowKind.LOGIN, FlowOutcome.FAILED, 4, 3);
        assertThat(segment.finished().detail()).isEqualTo("no end within 60 s");
        assertThat(elapsedMillis()).isEqualTo(60_000);
    }

    @Test
    void loginWithTheWrongPasswordFails() {
        // The client takes the password from the name by which it knows the server.
        Host misnamed = new Host(new GuestIdentity("vm9", vm1.mac(), vm1.address()), vm1.network());
        Operation login = source.endpoint().login(misnamed, FLOW);
        finish(login);

        assertThat(segment.finished().outcome()).isEqualTo(FlowOutcome.FAILED);
        assertThat(segment.finished().detail()).isEqualTo("wrong password");
    }

    @Test
    void messageThatWasAlteredOnTheWayIsNoticed() {
        segment.alter(GuestEndpointTest::alteredMessage);
        finish(source.endpoint().login(vm1, FLOW));

        assertFinished(FlowKind.LOGIN, FlowOutcome.FAILED, 4, 3);
        assertThat(segment.finished().detail()).isEqualTo("message differs at line 6");
    }

    private static byte[] alteredMessage(byte[] frame) {
        if (!carries(frame, "The secret is")) {
            return frame;
        }
        Ipv4Packet packet = Ipv4Packet.inFrame(frame).orElseThrow();
        TcpSegment tcp = TcpSegment.inPacket(packet).orElseThrow();
        String text = new String(tcp.data(), StandardCharsets.ISO_8859_1);
        byte[] data = text.replace("The secret is", "The secret's.")
                .getBytes(StandardCharsets.ISO_8859_1);
        TcpSegment changed = new TcpSegment(
                tcp.sourcePort(),
                tcp.targetPort(),
                tcp.sequence(),
                tcp.acknowledgment(),
                tcp.flags(),
                tcp.window(),
                0,
                data);
        return new Ipv4Packet(
                        packet.source(),
                        packet.target(),
                        packet.identification(),
                        64,
                        Ipv4Packet.TCP,
                        changed.toBytes(packet.source(), packet.target()))
                .toFrame(Ethernet.destination(frame), Ethernet.source(frame));
    }

    @Test
    void machineCanReachItselfWithoutAFrame() {
        finish(source.endpoint().ping(source, FLOW, 2, INTERVAL));
        assertThat(segment.finished().answered()).isEqualTo(2);
        finish(source.endpoint().login(source, FLOW));

        assertThat(segment.finished().detail()).isEmpty();
        assertThat(segment.frames).isEmpty();
    }

    @Test
    void impossibleRequestsAreRefused() {
        assertThatThrownBy(() -> source.endpoint().ping(vm1, FLOW, 0, INTERVAL))
                .hasMessage("count 0 is not between 1 and 65535");
        assertThatThrownBy(() -> source.endpoint().probe(vm1, FLOW, 65_536, INTERVAL))
                .hasMessage("count 65536 is not between 1 and 65535");
        assertThatThrownBy(() -> source.endpoint().probe(vm1, FLOW, 1, Duration.ofSeconds(-1)))
                .hasMessage("interval PT-1S is negative");
        assertThat(segment.events).isEmpty();
    }

    @Test
    void loginsSurviveABadWire() {
        int completed = 0;
        for (long seed = 0; seed < 200; seed++) {
            TestSegment bad = new TestSegment(seed, new Faults(0.1, 0.1, Duration.ofMillis(5)));
            Host from = bad.add("source");
            Host to = bad.add("vm1");
            Operation login = from.endpoint().login(to, FLOW);
            assertThat(bad.time.until(login::done, LIMIT))
                    .as("seed %d ends", seed)
                    .isTrue();
            completed += bad.finished().outcome() == FlowOutcome.COMPLETED ? 1 : 0;
        }
        assertThat(completed).isGreaterThanOrEqualTo(195);
    }

    @Test
    void sameSeedGivesTheSameFrames() {
        assertThat(framesOf(3)).isEqualTo(framesOf(3));
        assertThat(framesOf(3)).isNotEqualTo(framesOf(4));
    }

    private static List<String> framesOf(long seed) {
        TestSegment wire = new TestSegment(seed, new Faults(0.1, 0.1, Duration.ofMillis(5)));
        Host from = wire.add("source");
        Host to = wire.add("vm1");
        from.endpoint().login(to, FLOW);
        wire.time.pass(LIMIT);
        return wire.frames.stream()
                .map(frame -> HexFormat.of().formatHex(frame))
                .toList();
    }
}
