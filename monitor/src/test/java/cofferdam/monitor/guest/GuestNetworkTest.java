package cofferdam.monitor.guest;

import static cofferdam.monitor.guest.ArpBench.OTHER_MAC;
import static cofferdam.monitor.guest.ArpBench.OUR_MAC;
import static cofferdam.monitor.guest.ArpBench.PEER;
import static cofferdam.monitor.guest.ArpBench.PEER_MAC;
import static cofferdam.monitor.guest.ArpBench.THIRD;
import static cofferdam.monitor.guest.ArpBench.US;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.ArpPacket;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.IcmpEcho;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.TcpSegment;
import cofferdam.monitor.packet.TcpSegment.Flag;
import cofferdam.monitor.packet.UdpDatagram;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

class GuestNetworkTest {

    private static final byte[] DATA = {1, 2, 3};

    private final ArpBench bench = new ArpBench();

    @BeforeEach
    void knowPeer() {
        bench.request(PEER_MAC, US);
        bench.take();
    }

    private static Ipv4Packet echo(Ipv4Address source, Ipv4Address target) {
        byte[] payload = new IcmpEcho(false, 7, 8, DATA).toBytes();
        return new Ipv4Packet(source, target, 1, 64, Ipv4Packet.ICMP, payload);
    }

    private static Ipv4Packet udp(int from, int to) {
        byte[] payload = new UdpDatagram(from, to, DATA).toBytes(PEER, US);
        return new Ipv4Packet(PEER, US, 1, 64, Ipv4Packet.UDP, payload);
    }

    private static Ipv4Packet syn(int port) {
        byte[] payload = new TcpSegment(
                        4000, port, 1, 0, EnumSet.of(Flag.SYN), 8000, 0, new byte[0])
                .toBytes(PEER, US);
        return new Ipv4Packet(PEER, US, 1, 64, Ipv4Packet.TCP, payload);
    }

    private List<Ipv4Packet> answersTo(Ipv4Packet packet, MacAddress destination) {
        bench.take();
        bench.machine.receive(packet.toFrame(destination, PEER_MAC));
        return bench.take().stream()
                .map(frame -> Ipv4Packet.inFrame(frame).orElseThrow())
                .toList();
    }

    @Test
    void echoRequestIsAnsweredWithItsOwnNumbersAndData() {
        Ipv4Packet answer = answersTo(echo(PEER, US), OUR_MAC).getFirst();

        assertThat(answer.source()).isEqualTo(US);
        assertThat(answer.target()).isEqualTo(PEER);
        assertThat(answer.timeToLive()).isEqualTo(64);
        IcmpEcho reply = IcmpEcho.read(answer.payload()).orElseThrow();
        assertThat(reply.reply()).isTrue();
        assertThat(reply.identifier()).isEqualTo(7);
        assertThat(reply.sequence()).isEqualTo(8);
        assertThat(reply.data()).isEqualTo(DATA);
    }

    @Test
    void identificationCountsUp() {
        int first = answersTo(echo(PEER, US), OUR_MAC).getFirst().identification();
        int second = answersTo(echo(PEER, US), OUR_MAC).getFirst().identification();

        assertThat(second).isEqualTo(first + 1 & 0xffff);
    }

    @Test
    void packetForAnotherAddressIsNeitherAnsweredNorForwarded() {
        assertThat(answersTo(echo(PEER, THIRD), OUR_MAC)).isEmpty();
    }

    @Test
    void frameForAnotherStationIsIgnored() {
        assertThat(answersTo(echo(PEER, US), OTHER_MAC)).isEmpty();
    }

    @Test
    void packetThatClaimsAnImpossibleSourceIsIgnored() {
        for (String source :
                List.of("10.0.0.1", "0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255")) {
            assertThat(answersTo(echo(Ipv4Address.parse(source), US), OUR_MAC))
                    .as(source)
                    .isEmpty();
        }
    }

    @Test
    void datagramToTheEchoServiceComesBack() {
        Ipv4Packet answer = answersTo(udp(5000, 7), OUR_MAC).getFirst();

        UdpDatagram datagram = UdpDatagram.inPacket(answer).orElseThrow();
        assertThat(datagram.sourcePort()).isEqualTo(7);
        assertThat(datagram.targetPort()).isEqualTo(5000);
        assertThat(datagram.data()).isEqualTo(DATA);
    }

    @Test
    void echoServicesDoNotAnswerEachOther() {
        assertThat(answersTo(udp(7, 7), OUR_MAC)).isEmpty();
        assertThat(answersTo(udp(0, 7), OUR_MAC)).isEmpty();
    }

    @Test
    void datagramToAnUnusedPortIsIgnored() {
        assertThat(answersTo(udp(5000, 40_000), OUR_MAC)).isEmpty();
    }

    @Test
    void mailServiceListens() {
        Ipv4Packet answer = answersTo(syn(110), OUR_MAC).getFirst();

        assertThat(TcpSegment.inPacket(answer).orElseThrow().flags())
                .containsExactly(Flag.SYN, Flag.ACK);
    }

    @Test
    void segmentInAFrameToAllIsIgnored() {
        assertThat(answersTo(syn(110), MacAddress.BROADCAST)).isEmpty();
        assertThat(answersTo(udp(5000, 7), MacAddress.BROADCAST)).hasSize(1);
    }

    @Test
    void paddingOfTheWireIsNoData() {
        byte[] frame = udp(5000, 7).toFrame(OUR_MAC, PEER_MAC);
        bench.machine.receive(Arrays.copyOf(frame, Ethernet.MINIMUM_WIRE_BYTES));

        Ipv4Packet answer = Ipv4Packet.inFrame(bench.take().getFirst()).orElseThrow();
        assertThat(UdpDatagram.inPacket(answer).orElseThrow().data()).isEqualTo(DATA);
    }

    @Test
    void tooLongAndTooShortFramesAreIgnored() {
        bench.machine.receive(new byte[0]);
        bench.machine.receive(new byte[13]);
        byte[] frame = udp(5000, 7).toFrame(OUR_MAC, PEER_MAC);
        bench.machine.receive(Arrays.copyOf(frame, Ethernet.MAXIMUM_BYTES + 1));

        assertThat(bench.take()).isEmpty();
    }

    @Test
    void damagedFramesNeverThrowAndAreAnsweredAtMostOnceEach() {
        List<byte[]> sound = List.of(
                echo(PEER, US).toFrame(OUR_MAC, PEER_MAC),
                udp(5000, 7).toFrame(OUR_MAC, PEER_MAC),
                syn(110).toFrame(OUR_MAC, PEER_MAC),
                ArpPacket.request(PEER_MAC, PEER, US).toFrame(OUR_MAC, PEER_MAC));
        for (long seed = 0; seed < 20_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] frame = damaged(sound.get(random.nextInt(sound.size())), random);
            bench.take();
            bench.machine.receive(frame);
            assertThat(bench.take()).as("seed %d", seed).hasSizeLessThanOrEqualTo(1);
        }
        bench.time.pass(Duration.ofHours(1));
        assertThat(bench.time.waiting()).isZero();
    }

    private static byte[] damaged(byte[] sound, SplittableRandom random) {
        byte[] frame =
                Arrays.copyOf(sound, random.nextInt(4) == 0 ? random.nextInt(70) : sound.length);
        for (int i = random.nextInt(4); i > 0 && frame.length > 0; i--) {
            frame[random.nextInt(frame.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return frame;
    }
}
