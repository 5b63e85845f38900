package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.Attack;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import org.junit.jupiter.api.Test;

import java.time.Duration;

final class PromiscuousCaptureTest {

    private final Stage stage = new Stage();

    @Test
    void countsFramesForOtherStationsOnly() {
        Attack.Campaign campaign = stage.start(new PromiscuousCapture(), People.ANNE_IP);
        assertThat(campaign.ready()).isTrue();
        deliver(People.BILL);
        deliver(People.BILL);
        deliver(Stage.ATTACKER);
        deliver(MacAddress.BROADCAST);
        stage.nic.deliver(new byte[3]);
        stage.nic.deliver(new byte[0]);
        campaign.stop();
        assertThat(stage.reports)
                .containsExactly("captured 2 frames for other stations, 6 frames in all, on eth0");
    }

    @Test
    void promiscuousModeIsAskedForAndGivenBack() {
        Attack.Campaign campaign = stage.start(new PromiscuousCapture());
        assertThat(stage.nic.promiscuous()).containsExactly(true);
        assertThat(campaign.stopped()).isFalse();
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.nic.promiscuous()).containsExactly(true, false);
        assertThat(stage.nic.listeners()).isZero();
        assertThat(stage.reports).hasSize(1);
    }

    @Test
    void sendsNothing() {
        Attack.Campaign campaign = stage.start(new PromiscuousCapture());
        stage.run(Duration.ofHours(1));
        campaign.stop();
        stage.run(Duration.ofHours(1));
        assertThat(stage.nic.sent()).isEmpty();
        assertThat(stage.timeline.pending()).isZero();
    }

    private void deliver(MacAddress destination) {
        stage.nic.deliver(Ethernet.frame(destination, People.ANNE, Ethernet.IPV4, new byte[46]));
    }
}
