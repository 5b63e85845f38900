package cofferdam.attacks.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.staging.RecordingNic;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.address.MacAddress;
import cofferdam.monitor.packet.Ethernet;

import org.junit.jupiter.api.Test;

final class HostCaptureTest {

    private static final MacAddress GUEST = MacAddress.parse("02:00:00:00:00:01");

    private final Stage stage = new Stage();
    private final RecordingNic second =
            new RecordingNic("vmnet1", MacAddress.parse("02:00:00:00:01:00"), stage.timeline);

    @Test
    void everyInterfaceListensAndReportsForItself() {
        stage.nics.add(second);
        Attack.Campaign campaign = stage.start(new HostCapture());
        assertThat(campaign.ready()).isTrue();
        byte[] frame = Ethernet.frame(GUEST, GUEST, Ethernet.IPV4, new byte[46]);
        second.deliver(frame);
        second.deliver(Ethernet.frame(second.address(), GUEST, Ethernet.IPV4, new byte[46]));
        stage.nic.deliver(frame);
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        assertThat(stage.reports)
                .containsExactly(
                        "captured 1 frames for other stations, 1 frames in all, on eth0",
                        "captured 1 frames for other stations, 2 frames in all, on vmnet1");
        assertThat(stage.nic.promiscuous()).containsExactly(true, false);
        assertThat(second.promiscuous()).containsExactly(true, false);
        assertThat(second.listeners()).isZero();
    }

    @Test
    void crossesTheBoundaryOfTheHost() {
        assertThat(new HostCapture().boundary()).isEqualTo(Boundary.HOST);
    }

    @Test
    void hostWithoutInterfacesIsNamedAsTheReason() {
        HostCapture attack = new HostCapture();
        assertThatThrownBy(() -> attack.start(stage.adversary(
                        attack, Stage.bareMachine("the monitor keeps the interfaces"))))
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("the monitor keeps the interfaces");
    }
}
