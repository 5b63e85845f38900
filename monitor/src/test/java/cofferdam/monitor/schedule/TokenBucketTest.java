package cofferdam.monitor.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.SplittableRandom;

final class TokenBucketTest {

    private static final long SECOND = 1_000_000_000;
    private static final long START = 1_041_379_200L * SECOND;

    @Test
    void aBurstIsInTimeAndThenTheRate() {
        TokenBucket bucket = new TokenBucket(1000, 100);

        assertThat(bucket.take(START, 60)).isTrue();
        assertThat(bucket.take(START, 60)).isTrue();
        assertThat(bucket.take(START, 1)).isFalse();
        assertThat(bucket.take(START + 20_000_000 - 1, 1)).isFalse();
        assertThat(bucket.take(START + 20_000_000, 1)).isTrue();
    }

    @Test
    void whatIsNotInTimeCostsNothing() {
        TokenBucket bucket = new TokenBucket(1000, 1);
        bucket.take(START, 1000);
        for (int i = 0; i < 1000; i++) {
            assertThat(bucket.take(START + i, 1000)).isFalse();
        }

        assertThat(bucket.take(START + SECOND, 1)).isTrue();
    }

    @Test
    void aReservationTellsWhenItIsInTime() {
        TokenBucket bucket = new TokenBucket(1000, 100);

        assertThat(bucket.reserve(START, 1000)).isEqualTo(START);
        assertThat(bucket.reserve(START, 500)).isEqualTo(START + 900_000_000);
        assertThat(bucket.reserve(START, 1)).isEqualTo(START + 1_400_000_000);
        assertThat(bucket.reserve(START + 3 * SECOND, 1)).isEqualTo(START + 3 * SECOND);
    }

    @Test
    void overAnyTimeNoMoreThanRateAndBurstIsTaken() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            long rate = random.nextLong(1, 10_000_000);
            long burst = random.nextLong(1, 100_000);
            TokenBucket bucket = new TokenBucket(rate, burst);
            long now = START;
            long taken = 0;
            long largest = 0;
            for (int i = 0; i < 500; i++) {
                now += random.nextLong(10_000_000);
                long units = random.nextLong(1, 3000);
                largest = Math.max(largest, units);
                taken += bucket.take(now, units) ? units : 0;
            }
            double most = (double) rate * (now - START) / SECOND + burst + largest + 1;
            assertThat((double) taken).as("seed %d", seed).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void fractionsOfNanosecondsAddUp() {
        TokenBucket bucket = new TokenBucket(3_000_000_000L, 1);
        long last = START;
        for (int i = 0; i < 3_000_000; i++) {
            last = bucket.reserve(START, 1);
        }

        assertThat(last - START).isBetween(999_998L, 1_000_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, TokenBucket.MAXIMUM_RATE + 1})
    void ratesOutOfRangeAreRefused(long rate) {
        assertThatThrownBy(() -> new TokenBucket(rate, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(rate));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, TokenBucket.MAXIMUM_USE + 1})
    void usesOutOfRangeAreRefused(long units) {
        TokenBucket bucket = new TokenBucket(1, 1);

        assertThatThrownBy(() -> bucket.take(START, units))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Long.toString(units));
    }
}
