package cofferdam.monitor.guest;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Endpoint.Operation;
import cofferdam.monitor.Endpoint.Way;
import cofferdam.monitor.NetworkSetup;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.guest.TestSegment.Host;
import cofferdam.monitor.packet.DhcpMessage;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.UdpDatagram;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A client, its server, and others who answer in the server's place. */
class DhcpTest {

    private static final FlowId FLOW = FlowId.of(1, 2);
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final byte[] LOST = {};
    private static final MacAddress FALSE_MAC = MacAddress.parse("02:00:00:00:00:99");
    private static final Ipv4Address FALSE_SERVER = Ipv4Address.parse("10.0.0.66");

    private final TestSegment segment = new TestSegment();
    private final Host source = segment.add("source", server());
    private final Host vm1 = segment.add("vm1");

    private static NetworkRole server() {
        return NetworkRole.router(
                new NetworkSetup(false, true, new TreeMap<>()),
                Map.of(new MacAddress(0x020000000002L), Ipv4Address.parse("10.0.0.2")));
    }

    private void lease() {
        Operation lease = vm1.endpoint().lease(source, FLOW);
        assertThat(segment.time.until(lease::done, LIMIT)).isTrue();
    }

    private static Optional<DhcpMessage> message(byte[] frame) {
        return Ipv4Packet.inFrame(frame)
                .flatMap(UdpDatagram::inPacket)
                .flatMap(datagram -> DhcpMessage.read(datagram.data()));
    }

    private static boolean is(byte[] frame, DhcpMessage.Type type) {
        return message(frame).filter(message -> message.type() == type).isPresent();
    }

    private List<DhcpMessage.Type> said() {
        return segment.frames.stream()
                .flatMap(frame -> message(frame).stream())
                .map(DhcpMessage::type)
                .toList();
    }

    @Test
    void fourMessagesMakeALease() {
        lease();

        assertThat(said())
                .containsExactly(
                        DhcpMessage.Type.DISCOVER,
                        DhcpMessage.Type.OFFER,
                        DhcpMessage.Type.REQUEST,
                        DhcpMessage.Type.ACK);
        Event.FlowFinished finished = segment.finished();
        assertThat(finished.kind()).isEqualTo(FlowKind.LEASE);
        assertThat(finished.outcome()).isEqualTo(FlowOutcome.COMPLETED);
        assertThat(finished.actor()).isEqualTo("vm1");
        assertThat(finished.subject()).isEqualTo("source");
        assertThat(finished.sent()).isEqualTo(2);
        assertThat(finished.answered()).isEqualTo(2);
        assertThat(segment.events(Event.LeaseObtained.class))
                .containsExactly(new Event.LeaseObtained(
                        finished.time(),
                        "vm1",
                        source.address(),
                        vm1.address(),
                        source.address(),
                        source.mac()));
        assertThat(segment.events(Event.RouterChanged.class))
                .containsExactly(new Event.RouterChanged(
                        finished.time(),
                        "vm1",
                        "ipv4",
                        "10.0.0.1",
                        "DHCP acknowledgement from 02:00:00:00:00:01"));
    }

    @Test
    void everyMessageNamesTheFlowAndAnswersGoToTheClientAlone() {
        lease();

        assertThat(segment.frames)
                .allMatch(frame -> new String(frame, StandardCharsets.ISO_8859_1)
                        .contains("cofferdam flow=" + FLOW));
        assertThat(segment.frames)
                .filteredOn(frame ->
                        is(frame, DhcpMessage.Type.OFFER) || is(frame, DhcpMessage.Type.ACK))
                .allMatch(frame -> Ethernet.destination(frame).equals(vm1.mac()));
        assertThat(segment.frames)
                .filteredOn(frame ->
                        is(frame, DhcpMessage.Type.DISCOVER) || is(frame, DhcpMessage.Type.REQUEST))
                .allMatch(frame -> Ethernet.destination(frame).equals(MacAddress.BROADCAST));
    }

    @Test
    void aLostAcknowledgementIsAskedForAgain() {
        boolean[] lost = {false};
        segment.alter(frame -> {
            boolean first = is(frame, DhcpMessage.Type.ACK) && !lost[0];
            lost[0] |= first;
            return first ? LOST : frame;
        });
        lease();

        assertThat(said())
                .containsExactly(
                        DhcpMessage.Type.DISCOVER,
                        DhcpMessage.Type.OFFER,
                        DhcpMessage.Type.REQUEST,
                        DhcpMessage.Type.ACK,
                        DhcpMessage.Type.REQUEST,
                        DhcpMessage.Type.ACK);
        assertThat(segment.finished().outcome()).isEqualTo(FlowOutcome.COMPLETED);
    }

    @Test
    void withoutAServerALeaseFailsAfterTenSeconds() {
        long start = segment.time.now();
        segment.alter(frame -> LOST);
        lease();

        assertThat(said()).containsOnly(DhcpMessage.Type.DISCOVER).hasSize(4);
        assertThat(segment.finished().detail()).isEqualTo("no acknowledgement within 10 s");
        assertThat(segment.time.now() - start).isEqualTo(10_000_000_000L);
        assertThat(segment.events(Event.RouterChanged.class)).isEmpty();
    }

    @Test
    void theFirstOfferIsTakenWhoeverMakesIt() {
        segment.alter(frame -> {
            message(frame).ifPresent(this::answerFalsely);
            return frame;
        });
        lease();

        Event.LeaseObtained lease = segment.events(Event.LeaseObtained.class).getFirst();
        assertThat(lease.subject()).isEqualTo(FALSE_SERVER);
        assertThat(lease.router()).isEqualTo(FALSE_SERVER);
        assertThat(lease.outcome()).isEqualTo(Ipv4Address.parse("10.0.0.77"));
        assertThat(lease.server()).isEqualTo(FALSE_MAC);
        assertThat(said()).doesNotContain(DhcpMessage.Type.ACK);
    }

    /** One that sits nearer than the server. */
    private void answerFalsely(DhcpMessage asked) {
        if (asked.type().isFromServer()) {
            return;
        }
        DhcpMessage.Type type = asked.type() == DhcpMessage.Type.DISCOVER
                ? DhcpMessage.Type.OFFER
                : DhcpMessage.Type.ACK;
        hear(type, asked.transaction(), asked.clientHardware());
    }

    private void hear(DhcpMessage.Type type, int transaction, MacAddress client) {
        Map<Integer, byte[]> options = new TreeMap<>();
        options.put(DhcpMessage.SERVER_IDENTIFIER, DhcpMessage.value(FALSE_SERVER));
        options.put(DhcpMessage.ROUTER, DhcpMessage.value(FALSE_SERVER));
        options.put(DhcpMessage.LEASE_TIME, DhcpMessage.value(60));
        DhcpMessage message = new DhcpMessage(
                type,
                transaction,
                false,
                Ipv4Address.ANY,
                Ipv4Address.parse("10.0.0.77"),
                client,
                options);
        byte[] datagram = new UdpDatagram(67, 68, message.toBytes())
                .toBytes(FALSE_SERVER, DhcpPort.BROADCAST);
        byte[] frame = new Ipv4Packet(
                        FALSE_SERVER, DhcpPort.BROADCAST, 1, 64, Ipv4Packet.UDP, datagram)
                .toFrame(MacAddress.BROADCAST, FALSE_MAC);
        segment.time.after(Duration.ofNanos(1000), () -> vm1.network().receive(frame));
    }

    @Test
    void whatNobodyAskedForIsIgnored() {
        hear(DhcpMessage.Type.ACK, 5, vm1.mac());
        segment.time.pass(Duration.ofSeconds(1));

        assertThat(segment.events).isEmpty();
    }

    @Test
    void anAcknowledgementBeforeAnyOfferOrOfAnotherTransactionIsIgnored() {
        segment.alter(frame -> {
            message(frame).ifPresent(asked -> {
                hear(DhcpMessage.Type.ACK, asked.transaction(), asked.clientHardware());
                hear(DhcpMessage.Type.OFFER, asked.transaction() + 1, asked.clientHardware());
                hear(DhcpMessage.Type.OFFER, asked.transaction(), FALSE_MAC);
            });
            return LOST;
        });
        lease();

        assertThat(segment.events(Event.LeaseObtained.class)).isEmpty();
    }

    @Test
    void aRefusalBeginsAnew() {
        segment.alter(frame -> {
            message(frame)
                    .filter(asked -> asked.type() == DhcpMessage.Type.REQUEST)
                    .ifPresent(asked -> hear(
                            DhcpMessage.Type.NAK, asked.transaction(), asked.clientHardware()));
            return is(frame, DhcpMessage.Type.REQUEST) && segment.frames.size() < 5 ? LOST : frame;
        });
        lease();

        assertThat(said())
                .containsSubsequence(
                        DhcpMessage.Type.DISCOVER,
                        DhcpMessage.Type.OFFER,
                        DhcpMessage.Type.REQUEST,
                        DhcpMessage.Type.DISCOVER,
                        DhcpMessage.Type.OFFER);
    }

    @Test
    void theServerAnswersOnlyWhomItKnows() {
        Host stranger = segment.add("vm2");
        Operation lease = stranger.endpoint().lease(source, FLOW);
        assertThat(segment.time.until(lease::done, LIMIT)).isTrue();

        assertThat(segment.finished().outcome()).isEqualTo(FlowOutcome.FAILED);
        assertThat(said()).containsOnly(DhcpMessage.Type.DISCOVER);
    }

    @Test
    void whatIsFarAwayIsReachedByTheLeasedRouter() {
        Operation before = vm1.endpoint().ping(source, Way.ROUTED_IPV4, FLOW, 1, Duration.ZERO);
        assertThat(before.done()).isTrue();
        assertThat(segment.finished().detail()).isEqualTo("no route");
        lease();
        segment.frames.clear();
        for (boolean ping : new boolean[] {true, false}) {
            Operation far = ping
                    ? vm1.endpoint().ping(source, Way.ROUTED_IPV4, FLOW, 2, Duration.ZERO)
                    : vm1.endpoint().probe(source, Way.ROUTED_IPV4, FLOW, 2, Duration.ZERO);
            assertThat(segment.time.until(far::done, LIMIT)).isTrue();
            assertThat(segment.finished().outcome()).isEqualTo(FlowOutcome.COMPLETED);
        }

        assertThat(segment.frames)
                .flatExtracting(frame -> Ipv4Packet.inFrame(frame).stream()
                        .map(packet -> packet.source() + " " + packet.target())
                        .toList())
                .containsOnly("10.0.0.2 192.0.2.1", "192.0.2.1 10.0.0.2");
    }

    @Test
    void aLeaseThatEndsTakesItsRouterWithIt() {
        segment.alter(frame -> {
            message(frame).ifPresent(this::answerFalsely);
            return frame;
        });
        lease();
        segment.time.pass(Duration.ofSeconds(61));

        assertThat(segment.events(Event.RouterChanged.class))
                .extracting(Event.RouterChanged::outcome, Event.RouterChanged::cause)
                .last()
                .hasToString("(\"\", \"the lease ended\")");
    }
}
