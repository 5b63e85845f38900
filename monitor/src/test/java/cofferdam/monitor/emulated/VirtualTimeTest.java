package cofferdam.monitor.emulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Timeline.Timer;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class VirtualTimeTest {

    private final VirtualTime time = new VirtualTime();
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsActionsInTheOrderOfTheirTimes() {
        time.after(Duration.ofMillis(3), () -> ran.add("third"));
        time.after(Duration.ofMillis(1), () -> ran.add("first"));
        time.after(Duration.ofMillis(2), () -> ran.add("second"));
        time.await(() -> false, Duration.ofSeconds(1));
        assertThat(ran).containsExactly("first", "second", "third");
    }

    @Test
    void runsActionsOfTheSameTimeInTheOrderGiven() {
        for (int i = 0; i < 100; i++) {
            String name = Integer.toString(i);
            time.after(Duration.ofMillis(1), () -> ran.add(name));
        }
        time.await(() -> false, Duration.ofSeconds(1));
        assertThat(ran)
                .containsExactlyElementsOf(java.util.stream.IntStream.range(0, 100)
                        .mapToObj(Integer::toString)
                        .toList());
    }

    @Test
    void standsAtTheTimeOfTheActionThatFulfilledTheCondition() {
        time.after(Duration.ofMillis(5), () -> ran.add("done"));
        time.after(Duration.ofMillis(9), () -> ran.add("later"));
        boolean held = time.await(() -> !ran.isEmpty(), Duration.ofSeconds(1));
        assertThat(held).isTrue();
        assertThat(time.now() - VirtualTime.BEGIN).isEqualTo(5_000_000);
        assertThat(ran).containsExactly("done");
    }

    @Test
    void standsAtTheLimitWhenTheConditionNeverHolds() {
        time.after(Duration.ofMinutes(5), () -> ran.add("too late"));
        boolean held = time.await(() -> !ran.isEmpty(), Duration.ofSeconds(1));
        assertThat(held).isFalse();
        assertThat(time.now() - VirtualTime.BEGIN).isEqualTo(1_000_000_000);
    }

    @Test
    void anActionMayGiveFurtherActions() {
        time.after(
                Duration.ofMillis(1),
                () -> time.after(Duration.ofMillis(1), () -> ran.add("nested")));
        time.await(() -> false, Duration.ofMillis(2));
        assertThat(ran).containsExactly("nested");
    }

    @Test
    void aCancelledActionDoesNotRun() {
        Timer timer = time.after(Duration.ofMillis(1), () -> ran.add("cancelled"));
        timer.cancel();
        time.await(() -> false, Duration.ofSeconds(1));
        assertThat(ran).isEmpty();
    }

    @Test
    void refusesATimeInThePast() {
        assertThatThrownBy(() -> time.after(Duration.ofNanos(-1), () -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.000000001S");
    }
}
