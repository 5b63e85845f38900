package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.address.Ipv4Address;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;

final class FootholdTest {

    private final Stage stage = new Stage();

    static List<Attack> attacks() {
        return List.of(
                new ArpPoisoning(),
                new MacFlooding(),
                new MacSpoofing(),
                new PortStealing(),
                new PromiscuousCapture());
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void machineWithoutInterfacesIsNamedAsTheReason(Attack attack) {
        Ipv4Address[] victims = {People.ANNE_IP, People.BILL_IP};
        assertThatThrownBy(() -> attack.start(stage.adversary(
                        attack, Stage.bareMachine("the console owns no interface"), victims)))
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("the console owns no interface");
    }

    @Test
    void wrongNumberOfVictimsIsRefused() {
        assertThatThrownBy(() -> stage.start(new ArpPoisoning(), People.ANNE_IP))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("arp-poisoning takes 2 to 2 victims, not 1");
    }

    @Test
    void attackerAndRepeatedVictimsAreRefused() {
        assertThatThrownBy(() -> stage.start(new MacSpoofing(), Stage.ATTACKER_IP))
                .hasMessage("victim 10.0.0.2 of mac-spoofing is given twice or is the attacker");
        assertThatThrownBy(() -> stage.start(new PortStealing(), People.ANNE_IP, People.ANNE_IP))
                .hasMessage("victim 10.0.0.1 of port-stealing is given twice or is the attacker");
        assertThat(stage.nic.listeners()).isZero();
    }

    @Test
    void closingEndsListeningPlansAndPromiscuousMode() throws MissingCapabilityException {
        Attack attack = new PromiscuousCapture();
        Foothold foothold =
                Foothold.take(attack, stage.adversary(attack, stage.machine()), Long.MAX_VALUE);
        List<byte[]> heard = new ArrayList<>();
        foothold.listen(heard::add);
        foothold.becomePromiscuous();
        stage.nic.deliver(new byte[14]);
        stage.nic.deliver(new byte[13]);
        foothold.close();
        foothold.close();
        assertThat(heard).hasSize(1);
        assertThat(stage.nic.listeners()).isZero();
        assertThat(stage.nic.promiscuous()).containsExactly(true, false);
        assertThat(foothold.closed()).isTrue();
    }
}
