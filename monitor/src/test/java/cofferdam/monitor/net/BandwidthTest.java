package cofferdam.monitor.net;

import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.Wiring;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Cables that take so many bits a second. */
final class BandwidthTest {

    private static final Duration DELAY = Duration.ofNanos(20_000);
    private static final Wiring TEN_MEGABIT = new Wiring(DELAY, 0, 10_000_000);

    /** A frame of 1226 bytes takes a millisecond at ten megabits a second, with what is between. */
    private static final int BYTES = 1226;

    private final ManualTimeline timeline = new ManualTimeline();
    private final Recorder atLeft = new Recorder();
    private final Recorder atRight = new Recorder();

    private Link attached(Link link) {
        link.left().attach(atLeft);
        link.right().attach(atRight);
        return link;
    }

    private Link physical(Wiring wiring) {
        return attached(Link.physical(wiring, timeline, new SplittableRandom(1)));
    }

    private static void send(FrameSink to, int count) {
        byte[] frame = Arrays.copyOf(Bed.frame(VM1, VM2), BYTES);
        for (int i = 0; i < count; i++) {
            to.accept(frame, 0, frame.length);
        }
    }

    @Test
    void oneFrameComesAfterTheOther() {
        send(physical(TEN_MEGABIT).left(), 3);

        for (int i = 1; i <= 3; i++) {
            timeline.pass(i == 1 ? DELAY.plusMillis(1).minusNanos(1) : Duration.ofNanos(999_999));
            assertThat(atRight.frames).hasSize(i - 1);
            timeline.pass(Duration.ofNanos(1));
            assertThat(atRight.frames).hasSize(i);
        }
    }

    @Test
    void theTwoDirectionsDoNotWaitForEachOther() {
        Link link = physical(TEN_MEGABIT);
        send(link.left(), 50);
        send(link.right(), 1);

        timeline.pass(DELAY.plusMillis(1));

        assertThat(atLeft.frames).hasSize(1);
        assertThat(atRight.frames).hasSize(1);
    }

    @Test
    void whatFindsTheQueueFullIsDropped() {
        Link link = physical(TEN_MEGABIT);
        send(link.left(), Transmitter.QUEUE + 10);
        timeline.pass(Duration.ofMillis(2));
        send(link.left(), 10);

        timeline.pass(Duration.ofSeconds(1));

        assertThat(atRight.frames).hasSize(Transmitter.QUEUE + 2);
    }

    @Test
    void aCutLosesWhatWaits() {
        Link link = physical(TEN_MEGABIT);
        send(link.left(), 50);
        link.connect(false);
        link.connect(true);
        send(link.left(), 1);

        timeline.pass(DELAY.plusMillis(1));
        assertThat(atRight.frames).hasSize(1);
        timeline.pass(Duration.ofSeconds(1));
        assertThat(atRight.frames).hasSize(1);
    }

    @Test
    void withoutALimitEverythingIsTakenAtOnce() {
        send(physical(Wiring.LOCAL).left(), 1000);

        timeline.pass(DELAY);

        assertThat(atRight.frames).hasSize(1000);
    }

    @Test
    void aMonitorsChannelHasNoLimit() {
        send(
                attached(Link.virtual(TEN_MEGABIT, timeline, new SplittableRandom(1)))
                        .left(),
                1000);

        timeline.pass(DELAY);

        assertThat(atRight.frames).hasSize(1000);
    }

    @Test
    void theCableOfAMachineOutsideCarriesTenTimesAsMuch() {
        send(
                attached(Link.outside(TEN_MEGABIT, timeline, new SplittableRandom(1)))
                        .left(),
                50);

        timeline.pass(DELAY.plusMillis(1));

        assertThat(atRight.frames).hasSize(10);
    }

    @Test
    void bandwidthsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Wiring(DELAY, 0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new Wiring(DELAY, 0, Wiring.MAXIMUM_BANDWIDTH + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
