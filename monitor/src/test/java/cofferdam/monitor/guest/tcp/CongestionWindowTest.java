package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CongestionWindowTest {

    private static final int SEGMENT = 1000;

    private final CongestionWindow window = new CongestionWindow(SEGMENT);

    @Test
    void beginsWithThreeSegments() {
        assertThat(window.size()).isEqualTo(3 * SEGMENT);
    }

    @Test
    void slowStartGrowsByWhatIsAcknowledgedUpToASegment() {
        window.acknowledged(1001, 1000);
        assertThat(window.size()).isEqualTo(4 * SEGMENT);

        window.acknowledged(3001, 2000);
        assertThat(window.size()).isEqualTo(5 * SEGMENT);

        window.acknowledged(3101, 100);
        assertThat(window.size()).isEqualTo(5 * SEGMENT + 100);
    }

    @Test
    void timeoutFallsToOneSegmentAndAvoidsCongestionFromHalfTheFlight() {
        window.timedOut(8000, 8001);
        assertThat(window.size()).isEqualTo(SEGMENT);

        window.acknowledged(1001, 1000);
        window.acknowledged(2001, 1000);
        window.acknowledged(3001, 1000);
        assertThat(window.size()).isEqualTo(4 * SEGMENT);

        window.acknowledged(4001, 1000);
        assertThat(window.size()).isEqualTo(4 * SEGMENT + SEGMENT / 4);
    }

    @Test
    void thirdDuplicateProvesALossOnce() {
        assertThat(window.duplicated(1001, 9001)).isFalse();
        assertThat(window.duplicated(1001, 9001)).isFalse();
        assertThat(window.duplicated(1001, 9001)).isTrue();
        assertThat(window.size()).isEqualTo(4 * SEGMENT + 3 * SEGMENT);

        assertThat(window.duplicated(1001, 9001)).isFalse();
        assertThat(window.size()).isEqualTo(8 * SEGMENT);
    }

    @Test
    void partialAcknowledgmentProvesTheNextLoss() {
        lose(1001, 9001);

        assertThat(window.acknowledged(3001, 2000)).isTrue();
        assertThat(window.acknowledged(9001, 6000)).isFalse();
        assertThat(window.size()).isEqualTo(4 * SEGMENT);
    }

    @Test
    void duplicatesOfWhatATimeoutSentAgainProveNothing() {
        window.timedOut(8000, 9001);

        assertThat(lose(1001, 9001)).isFalse();
    }

    @Test
    void growthIsBounded() {
        for (int i = 0; i < 100_000; i++) {
            window.acknowledged(i, SEGMENT);
        }

        assertThat(window.size()).isEqualTo(CongestionWindow.MAXIMUM);
    }

    private boolean lose(long acknowledged, long highest) {
        boolean lost = false;
        for (int i = 0; i < 3; i++) {
            lost = window.duplicated(acknowledged, highest);
        }
        return lost;
    }
}
