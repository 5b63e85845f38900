package cofferdam.attacks.network;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.staging.Stage;

import org.junit.jupiter.api.Test;

final class TransmitterTest {

    private static final byte[] FRAME = new byte[60];

    private final Stage stage = new Stage();
    private final Transmitter transmitter = new Transmitter(stage.nic, 2, stage.reports::add);

    @Test
    void limitStopsSendingAndIsReportedOnce() {
        assertThat(transmitter.send(FRAME)).isTrue();
        assertThat(transmitter.exhausted()).isFalse();
        assertThat(transmitter.send(FRAME)).isTrue();
        assertThat(transmitter.exhausted()).isTrue();
        assertThat(transmitter.send(FRAME)).isFalse();
        assertThat(transmitter.send(FRAME)).isFalse();
        assertThat(stage.nic.sent()).hasSize(2);
        assertThat(stage.reports)
                .containsExactly("sends no more: the limit of 2 frames is reached");
    }

    @Test
    void puttingBackIsPossibleBeyondTheLimit() {
        transmitter.send(FRAME);
        transmitter.send(FRAME);
        transmitter.putBack(FRAME);
        assertThat(stage.nic.sent()).hasSize(3);
    }

    @Test
    void closedTransmitterSendsNothing() {
        transmitter.close();
        assertThat(transmitter.send(FRAME)).isFalse();
        transmitter.putBack(FRAME);
        assertThat(transmitter.exhausted()).isTrue();
        assertThat(stage.nic.sent()).isEmpty();
    }
}
