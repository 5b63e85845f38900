package cofferdam.attacks.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.attacks.Attack;
import cofferdam.attacks.Boundary;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.Programs.Stressor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;

final class NoisyNeighbourTest {

    private final Workbench bench = new Workbench();

    @ParameterizedTest
    @CsvSource({
        "memory, MEMORY",
        "processor, PROCESSOR",
        "fork, FORK",
        "disk, DISK",
        "network-send, NETWORK_SEND",
        "network-receive, NETWORK_RECEIVE"
    })
    void theChosenStressorIsStartedAtOnceAndTold(String word, Stressor stressor) throws Exception {
        bench.choices.put("stressor", word);

        Attack.Campaign campaign = bench.start(new NoisyNeighbour());

        assertThat(bench.started).containsExactly(stressor);
        assertThat(bench.reports).containsExactly("stressor " + word);
        assertThat(campaign.ready()).isTrue();
        assertThat(campaign.stopped()).isFalse();
    }

    @Test
    void aProgramThatItsMachineEndedIsStartedAgain() throws Exception {
        Attack.Campaign campaign = bench.start(new NoisyNeighbour());
        bench.timeline.run(Duration.ofSeconds(1));
        assertThat(bench.started).hasSize(1);

        bench.ended = true;
        bench.timeline.run(Duration.ofSeconds(1));
        bench.ended = false;
        bench.timeline.run(Duration.ofSeconds(1));
        campaign.stop();

        assertThat(bench.started).hasSize(11);
        assertThat(bench.reports).endsWith("was started 11 times");
    }

    @Test
    void itIsStoppedOnceAndLeavesNothingBehind() throws Exception {
        Attack.Campaign campaign = bench.start(new NoisyNeighbour());

        campaign.stop();
        campaign.stop();

        assertThat(campaign.stopped()).isTrue();
        assertThat(bench.stops).isEqualTo(1);
        bench.ended = true;
        bench.timeline.run(Duration.ofSeconds(1));
        assertThat(bench.started).hasSize(1);
        assertThat(bench.timeline.pending()).isZero();
    }

    @Test
    void itTriesTheBoundaryOfWhatTheHostSharesOut() {
        assertThat(new NoisyNeighbour().boundary()).isEqualTo(Boundary.EXHAUSTION);
    }

    @Test
    void aMachineWithoutProgramsCannotBeNoisy() {
        assertThatThrownBy(() ->
                        bench.start(new NoisyNeighbour(), Stage.bareMachine("vm1 has no memory")))
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("vm1 has no memory");
    }
}
