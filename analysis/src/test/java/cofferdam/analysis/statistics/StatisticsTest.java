package cofferdam.analysis.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

class StatisticsTest {

    @Test
    void theAreaIsTheShareOfPairsThatTheGroupWins() {
        for (long seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int count = 2 + random.nextInt(60);
            List<Long> values =
                    random.longs(count, 0, 1 + random.nextInt(30)).boxed().toList();
            BitSet group = group(random, count);

            assertThat(RankTest.of(values, group).area())
                    .as("seed %d", seed)
                    .isCloseTo(wins(values, group), within(1e-12));
        }
    }

    @Test
    void theStandardDeviationsAreThoseOfAllWaysToChooseTheGroup() {
        for (long seed = 0; seed < 50; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Long> values =
                    random.longs(9, 0, 1 + random.nextInt(6)).boxed().toList();
            int size = 1 + random.nextInt(8);
            double sum = 0;
            int ways = 0;
            for (long bits = 0; bits < 1 << 9; bits++) {
                if (Long.bitCount(bits) == size) {
                    double off = wins(values, BitSet.valueOf(new long[] {bits})) - 0.5;
                    sum += off * off;
                    ways++;
                }
            }
            BitSet group = new BitSet();
            group.set(0, size);

            RankTest test = RankTest.of(values, group);
            assertThat(test.corrected())
                    .as("seed %d", seed)
                    .isCloseTo(Math.sqrt(sum / ways), within(1e-9));
            assertThat(test.sigma()).isGreaterThanOrEqualTo(test.corrected());
        }
    }

    @Test
    void whatIsAllTheSameTellsNothingApart() {
        RankTest test = RankTest.of(List.of(5L, 5L, 5L, 5L), BitSet.valueOf(new long[] {5}));

        assertThat(test.area()).isEqualTo(0.5);
        assertThat(test.leastDeviation()).isZero();
        assertThat(test.greatestDeviation()).isZero();
    }

    @Test
    void aGroupOfAllOrNoneOrOfMoreThanThereIsIsRefused() {
        for (long bits : new long[] {0, 3, 4, 5}) {
            assertThatThrownBy(
                            () -> RankTest.of(List.of(1L, 2L), BitSet.valueOf(new long[] {bits})))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aThresholdTellsTwoApartThatLieApartInEitherDirection() {
        List<Long> values = LongStream.range(0, 1000)
                .map(i -> i % 3 == 0 ? 100 + i % 7 : 5000 - i)
                .boxed()
                .toList();
        BitSet low = new BitSet();
        for (int i = 0; i < 1000; i += 3) {
            low.set(i);
        }
        BitSet high = (BitSet) low.clone();
        high.flip(0, 1000);

        assertThat(Threshold.errorRate(values, low)).isZero();
        assertThat(Threshold.errorRate(values, high)).isZero();
    }

    @Test
    void aThresholdIsAtChanceWhereThereIsNothingToTell() {
        SplittableRandom random = new SplittableRandom(3);
        List<Long> values = random.longs(4000, 0, 1000).boxed().toList();
        BitSet group = new BitSet();
        random.ints(4000, 0, 4000).distinct().limit(2000).forEach(group::set);

        assertThat(Threshold.errorRate(values, group)).isBetween(0.42, 0.55);
    }

    @Test
    void extremeTimesDoNotOverflow() {
        List<Long> values = new ArrayList<>();
        BitSet group = new BitSet();
        for (int i = 0; i < 100; i++) {
            boolean inside = i % 4 < 2;
            group.set(i, inside);
            values.add(inside ? Long.MAX_VALUE : 1L);
        }

        assertThat(Threshold.errorRate(values, group)).isZero();
        assertThat(RankTest.of(values, group).area()).isEqualTo(1);
    }

    @Test
    void theCapacityIsThatOfTheBinarySymmetricChannel() {
        assertThat(new BitErrors(1000, 0).capacity()).isEqualTo(1);
        assertThat(new BitErrors(1000, 1000).capacity()).isEqualTo(1);
        assertThat(new BitErrors(1000, 500).capacity()).isCloseTo(0, within(1e-12));
        // H(0.11) is very nearly one half.
        assertThat(new BitErrors(1000, 110).capacity()).isCloseTo(0.5, within(1e-4));
        assertThat(new BitErrors(0, 0).deviation()).isZero();
        assertThat(new BitErrors(400, 180).deviation()).isEqualTo(2);
    }

    private static BitSet group(SplittableRandom random, int count) {
        BitSet group = new BitSet();
        while (group.isEmpty() || group.cardinality() == count) {
            group.clear();
            for (int i = 0; i < count; i++) {
                group.set(i, random.nextBoolean());
            }
        }
        return group;
    }

    private static double wins(List<Long> values, BitSet group) {
        double wins = 0;
        int pairs = 0;
        for (int one = 0; one < values.size(); one++) {
            for (int other = 0; other < values.size(); other++) {
                if (group.get(one) && !group.get(other)) {
                    pairs++;
                    wins += (Long.compare(values.get(one), values.get(other)) + 1) / 2.0;
                }
            }
        }
        return wins / pairs;
    }
}
