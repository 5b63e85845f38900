package cofferdam.monitor.net;

import static cofferdam.monitor.address.MacAddress.BROADCAST;
import static cofferdam.monitor.net.Bed.SOURCE;
import static cofferdam.monitor.net.Bed.VM1;
import static cofferdam.monitor.net.Bed.VM2;

import static org.assertj.core.api.Assertions.assertThat;

import cofferdam.monitor.Wiring;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

final class LinkTest {

    private static final Duration DELAY = Duration.ofNanos(20_000);

    private final ManualTimeline timeline = new ManualTimeline();
    private final Recorder atLeft = new Recorder();
    private final Recorder atRight = new Recorder();

    @Test
    void framesArriveAtTheOtherEndAfterTheDelay() {
        Link link = physical(Wiring.LOCAL);
        byte[] frame = Bed.frame(VM1, VM2);
        link.left().accept(frame, 0, frame.length);
        timeline.pass(DELAY.minusNanos(1));
        assertThat(atRight.frames).isEmpty();
        timeline.pass(Duration.ofNanos(1));
        assertThat(atRight.frames).containsExactly(frame);
        assertThat(atLeft.frames).isEmpty();
        link.right().accept(frame, 0, frame.length);
        timeline.pass(DELAY);
        assertThat(atLeft.frames).containsExactly(frame);
    }

    @Test
    void sentBytesAreCopied() {
        Link link = physical(Wiring.LOCAL);
        byte[] buffer = new byte[100];
        byte[] frame = Bed.frame(VM1, VM2);
        System.arraycopy(frame, 0, buffer, 7, frame.length);
        link.left().accept(buffer, 7, frame.length);
        Arrays.fill(buffer, (byte) 9);
        timeline.pass(DELAY);
        assertThat(atRight.frames).containsExactly(frame);
    }

    @Test
    void physicalCablePadsShortFramesWithZerosAndVirtualOnesDoNot() {
        byte[] frame = Arrays.copyOf(Bed.frame(VM1, VM2), 42);
        physical(Wiring.LOCAL).left().accept(frame, 0, frame.length);
        virtual(Wiring.LOCAL).left().accept(frame, 0, frame.length);
        timeline.pass(DELAY);
        assertThat(atRight.frames).containsExactly(Arrays.copyOf(frame, 60), frame);
    }

    @Test
    void paddingHoldsNothingOfTheSendersBuffer() {
        byte[] buffer = new byte[60];
        Arrays.fill(buffer, (byte) 0xee);
        physical(Wiring.LOCAL).left().accept(buffer, 0, 42);
        timeline.pass(DELAY);
        assertThat(Arrays.copyOfRange(atRight.frames.getFirst(), 42, 60)).containsOnly(0);
    }

    @Test
    void runtsAndGiantsAreLost() {
        Link link = virtual(Wiring.LOCAL);
        int[] lengths = {0, 13, 14, 1514, 1515, 1518};
        for (int length : lengths) {
            link.left().accept(new byte[length], 0, length);
        }
        byte[] tagged = new byte[1519];
        tagged[12] = (byte) 0x81;
        link.left().accept(tagged, 0, 1518);
        link.left().accept(tagged, 0, 1519);
        timeline.pass(DELAY);
        assertThat(atRight.frames)
                .extracting(frame -> frame.length)
                .containsExactly(14, 1514, 1518);
    }

    @Test
    void framesKeepTheirOrder() {
        Link link = physical(new Wiring(DELAY, 0.3), 5);
        for (int i = 0; i < 2000; i++) {
            byte[] frame = Bed.frame(VM1, VM2);
            frame[20] = (byte) (i >> 8);
            frame[21] = (byte) i;
            link.left().accept(frame, 0, frame.length);
            timeline.pass(Duration.ofNanos(i % 3 * 7_000));
        }
        timeline.pass(DELAY);
        assertThat(atRight.frames).hasSizeGreaterThan(1000);
        assertThat(atRight.frames)
                .extracting(frame -> (frame[20] & 0xff) << 8 | frame[21] & 0xff)
                .isSorted();
    }

    @Test
    void lossIsAsFrequentAsConfiguredAndTheSameForTheSameSeed() {
        assertThat(arrivedOf10000(0)).isEqualTo(10_000);
        assertThat(arrivedOf10000(1)).isZero();
        // 10,000 trials at 0.1 have a standard deviation of 30 frames: five of them on each side.
        assertThat(arrivedOf10000(0.1)).isBetween(8850, 9150).isEqualTo(arrivedOf10000(0.1));
    }

    @Test
    void cutCableLosesWhatIsSentAndWhatIsUnderWay() {
        Link link = physical(Wiring.LOCAL);
        byte[] frame = Bed.frame(VM1, VM2);
        link.left().accept(frame, 0, frame.length);
        link.connect(false);
        link.left().accept(frame, 0, frame.length);
        link.connect(true);
        timeline.pass(DELAY);
        assertThat(atRight.frames).isEmpty();
        link.left().accept(frame, 0, frame.length);
        timeline.pass(DELAY);
        assertThat(atRight.frames).hasSize(1);
    }

    @Test
    void bothEndsNoticeEachCutOnce() {
        Link link = physical(Wiring.LOCAL);
        link.connect(true);
        link.connect(false);
        link.connect(false);
        assertThat(atLeft.linksDown).isEqualTo(1);
        assertThat(atRight.linksDown).isEqualTo(1);
        link.connect(true);
        link.connect(false);
        assertThat(atLeft.linksDown).isEqualTo(2);
    }

    @Test
    void fabricForgetsTheStationsBehindACutCable() {
        Bed bed = new Bed(Policies.open()).acquainted();
        Link link = physical(Wiring.LOCAL);
        link.right().attach(bed.port("uplink"));
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
        link.connect(false);
        assertThat(bed.send("vm1", VM1, SOURCE)).hasSize(3);
        link.connect(true);
        byte[] frame = Bed.frame(SOURCE, BROADCAST);
        link.left().accept(frame, 0, frame.length);
        timeline.pass(DELAY);
        assertThat(bed.send("vm1", VM1, SOURCE)).containsExactly("uplink");
    }

    private int arrivedOf10000(double loss) {
        atRight.frames.clear();
        Link link = physical(new Wiring(DELAY, loss), 42);
        byte[] frame = Bed.frame(VM1, VM2);
        for (int i = 0; i < 10_000; i++) {
            link.left().accept(frame, 0, frame.length);
        }
        timeline.pass(DELAY);
        return atRight.frames.size();
    }

    private Link physical(Wiring wiring) {
        return physical(wiring, 1);
    }

    private Link physical(Wiring wiring, long seed) {
        return attached(Link.physical(wiring, timeline, new SplittableRandom(seed)));
    }

    private Link virtual(Wiring wiring) {
        return attached(Link.virtual(wiring, timeline, new SplittableRandom(1)));
    }

    private Link attached(Link link) {
        link.left().attach(atLeft);
        link.right().attach(atRight);
        return link;
    }
}
