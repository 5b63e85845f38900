package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.Segment;
import cofferdam.attacks.staging.Stage;
import cofferdam.attacks.staging.Station;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;
import cofferdam.monitor.packet.Ipv4Packet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** {@link VlanHopping} and {@link GuestContact}. */
final class ReachingAttacksTest {

    private static final Duration FIRST_ROUND = Duration.ofMillis(50);

    private final Stage stage = new Stage();
    private final Segment segment = new Segment(stage);
    private final Station anne = segment.station(People.ANNE_IP, People.ANNE);

    @Test
    void oneTagNamesTheVictimsNetwork() {
        stage.counts.put("target", 4094);
        stage.start(new VlanHopping(), People.ANNE_IP);
        stage.run(FIRST_ROUND);
        List<byte[]> tagged = tagged();
        assertThat(tagged).hasSize(2);
        assertThat(tagged.stream().map(Ethernet::destination))
                .containsExactly(People.ANNE, MacAddress.BROADCAST);
        assertThat(tagged)
                .allSatisfy(frame -> assertThat(Arrays.copyOfRange(frame, 12, 18))
                        .containsExactly(0x81, 0, 0x0f, 0xfe, 0x08, 0));
    }

    @Test
    void ofTwoTagsTheOuterNamesTheNativeNetwork() {
        stage.counts.put("tags", 2);
        stage.counts.put("native", 1);
        stage.counts.put("target", 20);
        stage.start(new VlanHopping(), People.ANNE_IP);
        stage.run(FIRST_ROUND);
        assertThat(tagged())
                .hasSize(2)
                .allSatisfy(frame -> assertThat(Arrays.copyOfRange(frame, 12, 22))
                        .containsExactly(0x81, 0, 0, 1, 0x81, 0, 0, 20, 0x08, 0));
    }

    @Test
    void hoppingListensUntilItEnds() {
        Attack.Campaign campaign = stage.start(new VlanHopping(), People.ANNE_IP);
        stage.run(Duration.ofSeconds(2));
        assertThat(campaign.ready()).isTrue();
        assertThat(stage.nic.promiscuous()).containsExactly(true);
        campaign.stop();
        campaign.stop();
        assertThat(stage.nic.promiscuous()).containsExactly(true, false);
        assertThat(stage.reports).contains("sent 20 frames with 1 tags");
    }

    @Test
    void aVictimThatDoesNotAnswerIsReachedWhereItIsKnownToBe() {
        stage.know(People.BILL_IP, People.BILL);
        stage.start(new VlanHopping(), People.BILL_IP);
        stage.run(Duration.ofMillis(3_050));
        assertThat(tagged().stream().map(Ethernet::destination))
                .containsExactly(People.BILL, MacAddress.BROADCAST);
    }

    @Test
    void contactIsTriedInEveryWay() {
        segment.station(People.BILL_IP, People.BILL);
        stage.counts.put("frames", 1);
        Attack.Campaign campaign = stage.start(new GuestContact(), People.ANNE_IP, People.BILL_IP);
        stage.run(Duration.ofSeconds(1));
        assertThat(campaign.ready()).isTrue();
        List<byte[]> tried = stage.nic.frames().stream().skip(2).toList();
        assertThat(tried.stream().map(Ethernet::destination))
                .containsExactly(
                        People.ANNE,
                        People.ANNE,
                        MacAddress.BROADCAST,
                        MacAddress.parse("01:00:5e:00:00:01"),
                        MacAddress.BROADCAST,
                        People.BILL);
        assertThat(tried.stream().map(Ethernet::etherType))
                .containsExactly(0x0800, 0x88b5, 0x0800, 0x0800, 0x88b5, 0x0800);
        Ipv4Packet reflected = Ipv4Packet.inFrame(tried.getLast()).orElseThrow();
        assertThat(reflected.source()).isEqualTo(Stage.ATTACKER_IP);
        assertThat(reflected.target()).isEqualTo(People.ANNE_IP);
        assertThat(anne.heard()).containsExactly("cofferdam guest-contact 1 of 1 unicast");
        assertThat(stage.reports).endsWith("sent 6 frames to reach 10.0.0.1");
    }

    @Test
    void withoutARouterNothingIsReflected() {
        stage.counts.put("frames", 2);
        stage.start(new GuestContact(), People.ANNE_IP);
        stage.run(Duration.ofSeconds(1));
        assertThat(stage.nic.frames()).hasSize(1 + 2 * 5);
    }

    @Test
    void contactEndsInTheMiddle() {
        Attack.Campaign campaign = stage.start(new GuestContact(), People.ANNE_IP);
        stage.run(Duration.ofMillis(150));
        campaign.stop();
        int sent = stage.nic.sent().size();
        stage.run(Duration.ofSeconds(5));
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.nic.sent()).hasSize(sent);
    }

    private List<byte[]> tagged() {
        return stage.nic.frames().stream()
                .filter(frame -> Ethernet.etherType(frame) == 0x8100)
                .toList();
    }
}
