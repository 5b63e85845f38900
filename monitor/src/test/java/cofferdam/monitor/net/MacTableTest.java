package cofferdam.monitor.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cofferdam.monitor.net.MacTable.WhenFull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

final class MacTableTest {

    private static final long AGEING = 1000;

    @ParameterizedTest
    @ValueSource(ints = {0, 65_537, -1})
    void sizeIsBounded(int size) {
        assertThatThrownBy(() -> new MacTable(size, AGEING, WhenFull.FLOOD))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Integer.toString(size));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000, 65_536})
    void tableHoldsAsManyAddressesAsItsSize(int size) {
        MacTable table = new MacTable(size, AGEING, WhenFull.DROP);
        for (int i = 1; i <= size; i++) {
            assertThat(table.learn(i, i % 64, 0)).isTrue();
        }
        assertThat(table.learn(size + 1, 0, 0)).isFalse();
        for (int i = 1; i <= size; i++) {
            assertThat(table.port(i, 0)).isEqualTo(i % 64);
        }
    }

    @Test
    void agedAddressesMakeRoom() {
        MacTable table = new MacTable(2, AGEING, WhenFull.DROP);
        table.learn(1, 1, 0);
        table.learn(2, 2, 10);
        table.learn(1, 1, 500);
        assertThat(table.learn(3, 3, 1009)).isFalse();
        assertThat(table.learn(3, 3, 1010)).isTrue();
        assertThat(table.port(1, 1010)).isEqualTo(1);
        assertThat(table.port(2, 1010)).isEqualTo(MacTable.UNKNOWN);
    }

    @Test
    void evictionTakesTheAddressHeardLongestAgoNotTheOneLearnedFirst() {
        MacTable table = new MacTable(3, AGEING, WhenFull.EVICT);
        table.learn(1, 1, 0);
        table.learn(2, 2, 1);
        table.learn(3, 3, 2);
        table.learn(1, 1, 3);
        table.learn(4, 4, 4);
        assertThat(table.port(1, 4)).isEqualTo(1);
        assertThat(table.port(2, 4)).isEqualTo(MacTable.UNKNOWN);
        assertThat(table.port(3, 4)).isEqualTo(3);
    }

    @Test
    void broadcastAndZeroAreNotKnownEvenToAFullTable() {
        MacTable table = new MacTable(1, AGEING, WhenFull.DROP);
        table.learn(1, 1, 0);
        assertThat(table.learn(0, 1, 0)).isTrue();
        assertThat(table.learn(0xffff_ffff_ffffL, 1, 0)).isTrue();
        assertThat(table.port(0, 0)).isEqualTo(MacTable.UNKNOWN);
        assertThat(table.port(0xffff_ffff_ffffL, 0)).isEqualTo(MacTable.UNKNOWN);
    }

    @Test
    void tableWithoutAgeingTimeKnowsNothing() {
        MacTable table = new MacTable(1, 0, WhenFull.DROP);
        assertThat(table.learn(1, 1, 5)).isTrue();
        assertThat(table.port(1, 5)).isEqualTo(MacTable.UNKNOWN);
        assertThat(table.learn(2, 1, 5)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void tableDoesWhatAPlainOneDoes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = 1 + random.nextInt(40);
        Full full = Full.values()[(int) (seed % Full.values().length)];
        MacTable table = new MacTable(size, AGEING, full.rule);
        PlainTable plain = new PlainTable(size, full);
        int stations = 1 + random.nextInt(3 * size);
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            String where = "seed %d, step %d".formatted(seed, step);
            now += random.nextInt(random.nextInt(10) == 0 ? 200 : 4);
            long address = station(random.nextInt(stations + 2), stations);
            int port = random.nextInt(8);
            switch (random.nextInt(200)) {
                case 0 -> {
                    table.forgetPort(port);
                    plain.forgetPort(port);
                }
                default ->
                    assertThat(table.learn(address, port, now))
                            .as(where)
                            .isEqualTo(plain.learn(address, port, now));
            }
            long sought = station(random.nextInt(stations), stations);
            assertThat(table.port(sought, now)).as(where).isEqualTo(plain.port(sought, now));
        }
    }

    /** Stations next to each other and far apart; behind them one group's address and zero. */
    private static long station(int index, int stations) {
        if (index == stations) {
            return 0x01_00_5e_00_00_01L;
        }
        if (index > stations) {
            return 0;
        }
        return index % 2 == 0 ? 0x02_00_00_00_00_01L + index : 0xfc_00_00_00_00_00L - index * 977L;
    }

    private enum Full {
        FLOOD(WhenFull.FLOOD),
        DROP(WhenFull.DROP),
        EVICT(WhenFull.EVICT);

        private final WhenFull rule;

        Full(WhenFull rule) {
            this.rule = rule;
        }
    }

    /** The same table as plainly as it can be said. */
    private static final class PlainTable {
        private final Map<Long, Entry> entries = new HashMap<>();
        private final int size;
        private final Full full;

        private PlainTable(int size, Full full) {
            this.size = size;
            this.full = full;
        }

        private boolean learn(long address, int port, long now) {
            if (address == 0 || (address >> 40 & 1) == 1) {
                return true;
            }
            entries.values().removeIf(entry -> now - entry.time >= AGEING);
            if (!entries.containsKey(address) && entries.size() == size) {
                if (full != Full.EVICT) {
                    return full == Full.FLOOD;
                }
                entries.remove(oldest());
            }
            entries.put(address, new Entry(port, now));
            return true;
        }

        private Long oldest() {
            return entries.entrySet().stream()
                    .min(Comparator.comparingLong(
                                    (Map.Entry<Long, Entry> entry) -> entry.getValue().time)
                            .thenComparing(Map.Entry::getKey))
                    .orElseThrow()
                    .getKey();
        }

        private int port(long address, long now) {
            Entry entry = entries.get(address);
            return entry == null || now - entry.time >= AGEING ? MacTable.UNKNOWN : entry.port;
        }

        private void forgetPort(int port) {
            entries.values().removeIf(entry -> entry.port == port);
        }

        private record Entry(int port, long time) {}
    }
}
