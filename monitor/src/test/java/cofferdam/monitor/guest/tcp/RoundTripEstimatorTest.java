package cofferdam.monitor.guest.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class RoundTripEstimatorTest {

    private final RoundTripEstimator estimator = new RoundTripEstimator();

    @Test
    void timeoutIsOneSecondBeforeAnythingIsMeasured() {
        assertThat(estimator.timeout()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void firstSampleGivesThreeTimesItself() {
        // RFC 6298 section 2.2: SRTT = R, RTTVAR = R/2, RTO = SRTT + 4 * RTTVAR.
        estimator.sample(Duration.ofMillis(500).toNanos());

        assertThat(estimator.timeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void laterSamplesAreSmoothed() {
        estimator.sample(Duration.ofMillis(800).toNanos());
        estimator.sample(Duration.ofMillis(400).toNanos());

        // RTTVAR = 3/4 * 400 + 1/4 * 400 = 400; SRTT = 7/8 * 800 + 1/8 * 400 = 750.
        assertThat(estimator.timeout()).isEqualTo(Duration.ofMillis(750 + 4 * 400));
    }

    @Test
    void timeoutStaysWithinItsLimits() {
        estimator.sample(1000);
        assertThat(estimator.timeout()).isEqualTo(RoundTripEstimator.MINIMUM);

        estimator.sample(Duration.ofMinutes(10).toNanos());
        assertThat(estimator.timeout()).isEqualTo(RoundTripEstimator.MAXIMUM);
    }

    @Test
    void expiriesDoubleTheTimeoutUpToAMinute() {
        estimator.backOff();
        assertThat(estimator.timeout()).isEqualTo(Duration.ofSeconds(2));
        estimator.backOff();
        assertThat(estimator.timeout()).isEqualTo(Duration.ofSeconds(4));

        for (int i = 0; i < 10; i++) {
            estimator.backOff();
        }

        assertThat(estimator.timeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void newMeasurementTakesTheDoublingBack() {
        estimator.backOff();
        estimator.backOff();

        estimator.sample(Duration.ofMillis(500).toNanos());

        assertThat(estimator.timeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void lostSynLeavesThreeSeconds() {
        estimator.backOff();
        estimator.handshakeWasLossy();

        assertThat(estimator.timeout()).isEqualTo(Duration.ofSeconds(3));
    }
}
