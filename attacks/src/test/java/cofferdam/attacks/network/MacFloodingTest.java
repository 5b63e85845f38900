package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.staging.RecordingNic.Sent;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.address.Ipv4Address;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;
import cofferdam.monitor.packet.TcpSegment;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

final class MacFloodingTest {

    private final Stage stage = new Stage();

    @Test
    void framesAreSoundConnectionRequestsOf54Bytes() {
        stage.start(new MacFlooding());
        stage.run(Duration.ofSeconds(1));
        assertThat(stage.nic.frames()).hasSize(4096).allSatisfy(frame -> {
            assertThat(frame).hasSize(54);
            Ipv4Packet packet = Ipv4Packet.inFrame(frame).orElseThrow();
            TcpSegment segment = TcpSegment.inPacket(packet).orElseThrow();
            assertThat(segment.flags()).containsExactly(TcpSegment.Flag.SYN);
            assertThat(segment.sourcePort()).isPositive();
            assertThat(packet.source().toString()).matches("198\\.1[89]\\..*");
            assertThat(packet.target().toString()).matches("198\\.1[89]\\..*");
        });
    }

    @Test
    void stationsAreManyAndNoneIsAGroup() {
        stage.start(new MacFlooding());
        stage.run(Duration.ofSeconds(1));
        Set<MacAddress> sources = new HashSet<>(sources());
        assertThat(sources).hasSize(4096).noneMatch(MacAddress::isGroup);
        assertThat(sources).anyMatch(mac -> (mac.value() >>> 41 & 1) == 0);
        assertThat(sources).anyMatch(mac -> (mac.value() >>> 41 & 1) == 1);
        assertThat(stage.nic.frames())
                .noneMatch(frame -> Ethernet.destination(frame).isGroup());
    }

    @Test
    void sameStationsSendAgainAfterTheRefreshTime() {
        stage.counts.put("frames", 3);
        stage.spans.put("interval", Duration.ofMillis(1));
        stage.spans.put("refresh", Duration.ofSeconds(1));
        Attack.Campaign campaign = stage.start(new MacFlooding());
        stage.run(Duration.ofMillis(2));
        assertThat(campaign.ready()).isFalse();
        stage.run(Duration.ofMillis(1));
        assertThat(campaign.ready()).isTrue();
        stage.run(Duration.ofMillis(1_100));
        assertThat(stage.nic.sent().stream().map(Sent::time).map(Duration::toMillis))
                .containsExactly(0L, 1L, 2L, 1_003L, 1_004L, 1_005L);
        assertThat(sources().subList(3, 6)).isEqualTo(sources().subList(0, 3));
        assertThat(stage.reports).containsExactly("sent frames of 3 made-up stations");
    }

    @Test
    void sameSeedMakesUpTheSameFrames() {
        assertThat(framesOf(5)).isDeepEqualTo(framesOf(5));
        assertThat(Arrays.deepEquals(framesOf(5), framesOf(6))).isFalse();
    }

    @Test
    void promiscuousUntilTheEndAndReportsWhatWasForOthers() {
        Attack.Campaign campaign = stage.start(new MacFlooding());
        stage.run(Duration.ofSeconds(1));
        stage.nic.deliver(Ethernet.frame(People.BILL, People.ANNE, Ethernet.IPV4, new byte[46]));
        stage.nic.deliver(Ethernet.frame(Stage.ATTACKER, People.ANNE, Ethernet.IPV4, new byte[46]));
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.nic.promiscuous()).containsExactly(true, false);
        assertThat(stage.reports)
                .endsWith("captured 1 frames for other stations, 2 frames in all, on eth0");
        stage.run(Duration.ofMinutes(5));
        assertThat(stage.nic.sent()).hasSize(4096);
    }

    @Test
    void victimsAreAskedFirstAndTheirAddressesAreNeverMadeUp() {
        Segment segment = new Segment(stage);
        segment.station(People.ANNE_IP, People.ANNE);
        stage.counts.put("frames", 5);
        stage.start(new MacFlooding(), People.ANNE_IP);
        stage.run(Duration.ofSeconds(1));
        assertThat(stage.nic.sent()).hasSize(6);
        assertThat(stage.reports).startsWith("victim 10.0.0.1 is at 02:00:00:00:00:01");
    }

    @Test
    void madeUpAddressThatIsAVictimsIsReplaced() throws MissingCapabilityException {
        new Segment(stage).station(People.ANNE_IP, People.ANNE);
        FloodingCampaign campaign = campaign(100, People.ANNE_IP);
        campaign.begin();
        stage.run(Duration.ofSeconds(1));
        assertThat(sources().subList(1, 3)).containsOnly(People.BILL);
        assertThat(Ethernet.destination(stage.nic.frames().get(1))).isEqualTo(People.BILL);
    }

    @Test
    void limitOfFramesEndsTheRefreshing() throws MissingCapabilityException {
        FloodingCampaign campaign = campaign(5);
        campaign.begin();
        stage.run(Duration.ofMinutes(1));
        assertThat(stage.nic.sent()).hasSize(5);
        assertThat(stage.timeline.pending()).isZero();
        assertThat(campaign.ready()).isTrue();
    }

    @Test
    void forgeGoesOnToTheNextAddressThatIsNotSpared() {
        StationForge forge = new StationForge(() -> People.ANNE.value());
        assertThat(forge.station()).isEqualTo(People.ANNE);
        forge.spare(People.ANNE);
        forge.spare(Stage.ATTACKER);
        assertThat(forge.station()).isEqualTo(People.BILL);
        assertThat(new StationForge(() -> 0).station()).isEqualTo(new MacAddress(1));
    }

    /** A campaign of two frames a pass that would give every station Anne's address. */
    private FloodingCampaign campaign(long limit, Ipv4Address... victims)
            throws MissingCapabilityException {
        MacFlooding attack = new MacFlooding();
        return new FloodingCampaign(
                Foothold.take(attack, stage.adversary(attack, stage.machine(), victims), limit),
                new StationForge(People.ANNE::value),
                2,
                Duration.ofMillis(1),
                Duration.ofMillis(10));
    }

    private List<MacAddress> sources() {
        return stage.nic.frames().stream().map(Ethernet::source).toList();
    }

    private static byte[][] framesOf(long seed) {
        Stage other = new Stage(seed);
        other.counts.put("frames", 20);
        other.start(new MacFlooding());
        other.run(Duration.ofSeconds(1));
        return new ArrayList<>(other.nic.frames()).toArray(byte[][]::new);
    }
}
