package cofferdam.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.attacks.SettingValues;
import cofferdam.monitor.Endpoint.Way;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class StepTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aSeriesTakesTheTimeBetweenItsMessages() {
        assertThat(new Step.Probe("source", "vm1", Way.IPV4, 4, SECOND).shortest())
                .isEqualTo(Duration.ofSeconds(3));
        assertThat(new Step.Ping("source", "vm1", Way.IPV4, 1, SECOND).shortest())
                .isZero();
        assertThat(new Step.Wait(SECOND).shortest()).isEqualTo(SECOND);
    }

    @Test
    void whatHasNoLengthOfItsOwnTakesNoneAtLeast() {
        var settings = new SettingValues(Map.of(), Map.of(), Map.of());
        assertThat(List.of(
                        new Step.Login("source", "vm1"),
                        new Step.Start("a", "vm2", Optional.empty(), List.of(), settings),
                        new Step.Stop("a"),
                        new Step.SetCable("vm1", true)))
                .allSatisfy(step -> assertThat(step.shortest()).isZero());
    }

    @Test
    void aStepSaysInWordsWhatItDoes() {
        var settings = new SettingValues(Map.of(), Map.of(), Map.of());
        assertThat(List.of(
                        new Step.Probe("source", "vm1", Way.IPV4, 4, SECOND),
                        new Step.Ping("source", "vm1", Way.IPV4, 1, SECOND),
                        new Step.Login("source", "vm1"),
                        new Step.Start("a", "vm2", Optional.empty(), List.of("vm1"), settings),
                        new Step.Stop("a"),
                        new Step.Wait(SECOND),
                        new Step.SetCable("vm1", true),
                        new Step.SetCable("vm1", false)))
                .extracting(Step::words)
                .containsExactly(
                        "probe source -> vm1, 4",
                        "ping source -> vm1, 1",
                        "login source -> vm1",
                        "start a by vm2",
                        "stop a",
                        "wait 1s",
                        "connect the cable of vm1",
                        "cut the cable of vm1");
    }
}
