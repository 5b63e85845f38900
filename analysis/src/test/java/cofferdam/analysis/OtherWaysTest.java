package cofferdam.analysis;

import static cofferdam.analysis.Scene.SOURCE;
import static cofferdam.analysis.Scene.VM1;
import static cofferdam.analysis.Scene.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.analysis.evidence.Frames;
import cofferdam.analysis.evidence.Machine;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.Ipv6Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.evidence.Event;
import cofferdam.monitor.evidence.FlowId;
import cofferdam.monitor.evidence.FlowKind;
import cofferdam.monitor.evidence.FlowOutcome;
import cofferdam.monitor.evidence.RunOutcome;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

/** What two machines say to each other over IPv6, by a router, or under tags. */
class OtherWaysTest {

    private static final long PREFIX = 0x2001_0db8_0000_0001L;
    private static final Machine REMOTE =
            new Machine("source", Ipv4Address.parse("192.0.2.1"), VM2.mac());
    private static final FlowId FLOW = FlowId.of(0xabcd, 0x1234);

    private final Scene scene = Scene.started();
    private final Watched watched = new Watched(scene);

    private static String said(int number) {
        return "cofferdam flow=%s seq=%06d".formatted(FLOW, number);
    }

    private static byte[] packet(Machine from, Machine to, int number) {
        return Frames.udp6(from, to, PREFIX, said(number));
    }

    private void begin(FlowKind kind) {
        scene.record(new Event.FlowStarted(scene.tick(), "vm1", "source", kind, FLOW));
    }

    private void end(FlowKind kind) {
        scene.record(new Event.FlowFinished(
                scene.tick(), "vm1", "source", FlowOutcome.COMPLETED, kind, FLOW, 1, 1, ""));
    }

    @Test
    void anExchangeThatNobodyElseSawIsUpheld() {
        watched.upToExchange();
        begin(FlowKind.PROBE);
        scene.transfer(VM1, SOURCE, packet(VM1, SOURCE, 1));
        scene.transfer(SOURCE, VM1, packet(SOURCE, VM1, 1));
        end(FlowKind.PROBE);
        watched.afterExchange();

        assertThat(watched.traffic().reason())
                .isEqualTo("vm2 received nothing of what vm1 and source said to each other during"
                        + " the attack");
        assertThat(scene.judge("connectivity", "").verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aPacketThatAnotherSawIsALeakHoweverItIsTagged() {
        begin(FlowKind.PROBE);
        byte[] packet = packet(VM1, SOURCE, 1);
        scene.transfer(SOURCE, VM1, packet(SOURCE, VM1, 0));
        scene.transfer(VM1, SOURCE, packet);
        scene.receive(VM2, Frames.tagged(Frames.tagged(packet, 20), 0x88a8, 10));

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.VIOLATED);
        assertThat(watched.traffic().frames().getFirst().comments().values())
                .containsExactly("cofferdam: vm1 -> source seen by vm2");
    }

    /** Sent to the adversary's hardware address, for which a false router has it sent. */
    @Test
    void whatGoesToTheWrongRouterIsALeak() {
        begin(FlowKind.PING);
        Ipv6Address[] way = {
            Ipv6Address.eui64(PREFIX, VM1.mac()), Ipv6Address.parse("2001:db8:ffff::1")
        };
        byte[] payload = said(1).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] packet = Frames.ipv6(VM1.mac(), VM2.mac(), way, 17, payload);
        scene.transfer(VM1, VM2, packet);

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatGoesToTheWrongRouterIsALeakOverTheOlderProtocolToo() {
        begin(FlowKind.PING);
        scene.transfer(VM1, VM2, Frames.udp(VM1, REMOTE, 9, said(1)));

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whatNoPartyIsKnownToHaveSentLeavesItOpen() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1);
        begin(FlowKind.PROBE);
        scene.receive(VM2, Frames.udp(VM1, REMOTE, 9, said(1)));
        end(FlowKind.PROBE);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(watched.traffic().reason())
                .contains("packets of vm1 and source that their captures");
    }

    @Test
    void askingAllForALeaseIsNoSecret() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1);
        begin(FlowKind.LEASE);
        byte[] question = question();
        scene.send(VM1, question).receive(SOURCE, question).receive(VM2, question);
        scene.transfer(SOURCE, VM1, answer());
        end(FlowKind.LEASE);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
        assertThat(scene.judge("connectivity", "").verdict()).isEqualTo(Verdict.UPHELD);
    }

    @Test
    void aLeaseWithoutAnAnswerOfTheServerIsNotBelieved() {
        scene.meet(SOURCE, VM1);
        begin(FlowKind.LEASE);
        scene.send(VM1, question()).receive(SOURCE, question());
        end(FlowKind.LEASE);
        scene.finish(RunOutcome.COMPLETED);

        assertThat(scene.judge("connectivity", "").verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    private static final Machine ALL =
            new Machine("all", Ipv4Address.parse("255.255.255.255"), MacAddress.BROADCAST);

    private static String identifier() {
        byte[] text = ("\0" + said(1)).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return "3d%02x%s".formatted(text.length, HexFormat.of().formatHex(text));
    }

    private static byte[] question() {
        Machine nobody = new Machine("vm1", Ipv4Address.ANY, VM1.mac());
        byte[] frame = Frames.dhcp(nobody, VM1, false, "350101" + identifier() + "ff");
        ALL.mac().write(frame, 0);
        ALL.address().write(frame, 30);
        return frame;
    }

    private static byte[] answer() {
        return Frames.dhcp(SOURCE, VM1, true, "350105" + identifier() + "ff");
    }

    @Test
    void findingNeighboursIsNoConversation() {
        watched.upToExchange();
        scene.exchange(SOURCE, VM1);
        Ipv6Address[] way = {
            Ipv6Address.eui64(PREFIX, VM1.mac()), Ipv6Address.eui64(PREFIX, SOURCE.mac())
        };
        byte[] answer =
                Frames.icmp6(VM1, VM2, 136, way, "60000000 20010db800000001000000fffe000002");
        scene.transfer(VM1, VM2, answer);
        watched.afterExchange();

        assertThat(watched.traffic().verdict()).isEqualTo(Verdict.UPHELD);
    }
}
