package cofferdam.attacks.exhaustion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.attacks.Attack;
import cofferdam.attacks.MissingCapabilityException;
import cofferdam.attacks.staging.Stage;
import cofferdam.monitor.Machine;
import cofferdam.monitor.Programs.Stressor;
import cofferdam.monitor.RunningSystem.Sabotage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

final class ExhaustionAttacksTest {

    private final Workbench bench = new Workbench();

    @Test
    void theLeakIsReadyWhenItsOwnSystemHasEndedIt() throws Exception {
        Attack.Campaign campaign = bench.start(new MemoryExhaustion());

        assertThat(bench.started).containsExactly(Stressor.MEMORY);
        assertThat(campaign.ready()).isFalse();
        bench.ended = true;
        assertThat(campaign.ready()).isTrue();
        campaign.stop();
        assertThat(bench.reports).containsExactly("the system ended the leaking program");
    }

    @Test
    void theLeakIsReadyWhenItHasBeenWaitedForLongEnough() throws Exception {
        bench.spans.put("limit", Duration.ofSeconds(5));
        Attack.Campaign campaign = bench.start(new MemoryExhaustion());

        bench.timeline.run(Duration.ofMillis(4999));
        assertThat(campaign.ready()).isFalse();
        bench.timeline.run(Duration.ofMillis(1));
        assertThat(campaign.ready()).isTrue();
        campaign.stop();
        assertThat(bench.reports).containsExactly("the leaking program was still running");
    }

    @Test
    void theLeakIsStoppedOnceAndLeavesNothingBehind() throws Exception {
        Attack.Campaign campaign = bench.start(new MemoryExhaustion());

        assertThat(campaign.stopped()).isFalse();
        campaign.stop();
        campaign.stop();
        assertThat(campaign.stopped()).isTrue();
        assertThat(bench.stops).isEqualTo(1);
        assertThat(bench.reports).hasSize(1);
        assertThat(bench.timeline.pending()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "remove-essential-files, REMOVE_ESSENTIAL_FILES",
        "kill-init, KILL_INIT",
        "overwrite-kernel, OVERWRITE_KERNEL",
        "triple-fault, TRIPLE_FAULT",
        "hang, HANG"
    })
    void theCrashIsMadeInTheChosenWay(String how, Sabotage sabotage) throws Exception {
        bench.choices.put("how", how);

        Attack.Campaign campaign = bench.start(new GuestCrash());

        assertThat(bench.sabotages).containsExactly(sabotage);
        assertThat(bench.reports).containsExactly("did " + how);
        assertThat(campaign.ready()).isTrue();
        assertThat(campaign.stopped()).isTrue();
    }

    @Test
    void whatTheMachineHasNoMeansOfIsNotTried() {
        bench.unable = Optional.of("no such means");

        assertThatThrownBy(() -> bench.start(new GuestCrash()))
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("no such means");
        assertThatThrownBy(() -> bench.start(new NoisyNeighbour()))
                .isInstanceOf(MissingCapabilityException.class)
                .hasMessage("no such means");
        assertThat(bench.sabotages).isEmpty();
        assertThat(bench.started).isEmpty();
        assertThat(bench.reports).isEmpty();
    }

    @Test
    void withoutAChoiceEssentialFilesAreRemoved() throws Exception {
        bench.start(new GuestCrash());

        assertThat(bench.sabotages).containsExactly(Sabotage.REMOVE_ESSENTIAL_FILES);
    }

    @Test
    void aMachineThatIsDownCannotCrashAgain() throws Exception {
        bench.down = true;

        bench.start(new GuestCrash());

        assertThat(bench.reports)
                .containsExactly("could not remove-essential-files: the machine is down");
    }

    @Test
    void aMachineWithoutASystemCannotBeAttackedFromWithin() {
        Machine bare = Stage.bareMachine("vm1 has no memory in this scenario");

        for (Attack attack : List.of(new MemoryExhaustion(), new GuestCrash())) {
            assertThatThrownBy(() -> bench.start(attack, bare))
                    .isInstanceOf(MissingCapabilityException.class)
                    .hasMessage("vm1 has no memory in this scenario");
        }
    }
}
